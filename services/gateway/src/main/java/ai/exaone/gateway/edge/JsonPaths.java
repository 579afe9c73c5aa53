package ai.exaone.gateway.edge;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of fields as services name them, in the spelling of the JSON that callers write. */
final class JsonPaths {
    /** A word after an underscore; what stands in quotes is a map's key and stays. */
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|_([a-z0-9])");

    private JsonPaths() {}

    /** {@code limits[0].requests_per_minute} as {@code limits[0].requestsPerMinute}. */
    static String of(String path) {
        return WORD.matcher(path).replaceAll(found -> {
            String letter = found.group(1);
            return letter == null ? Matcher.quoteReplacement(found.group()) : letter.toUpperCase(Locale.ROOT);
        });
    }
}
