package ai.exaone.agents.tool;

import ai.exaone.agents.tool.outbound.OutboundResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers of tools as text of bounded length. */
public final class ResultText {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|application/(.*\\+)?(json|xml|yaml|x-yaml|javascript|x-ndjson|x-www-form-urlencoded).*");

    private ResultText() {}

    /** The body of an answer: its text, or what it is where it is none. */
    public static String of(OutboundResponse response) throws IOException {
        byte[] body = response.body().readAllBytes();
        String type = response.header("content-type").orElse("text/plain").toLowerCase(Locale.ROOT);
        if (!TEXT.matcher(type).matches()) {
            return "[" + body.length + " bytes of " + type + "]";
        }
        return new String(body, charset(type));
    }

    /** The beginning of a text that is too long, and how much is missing. */
    public static String cut(String text, int mostCharacters) {
        if (text.length() <= mostCharacters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(mostCharacters - 1)) ? mostCharacters - 1 : mostCharacters;
        return text.substring(0, end) + "\n[cut: " + end + " of " + text.length() + " characters]";
    }

    private static Charset charset(String type) {
        Matcher named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
