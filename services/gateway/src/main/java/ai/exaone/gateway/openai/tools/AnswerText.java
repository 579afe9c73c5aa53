package ai.exaone.gateway.openai.tools;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows an answer while it is generated: says what of the plain text is new, as soon as it is certain. For one thread and one
 * answer.
 */
final class AnswerText {
    private static final Pattern BEGINNING = Pattern.compile("\\s*\\{\\s*\"" + ToolSchema.ANSWER + "\"\\s*:\\s*\"");
    private static final int UNICODE_DIGITS = 4;
    private static final int HEXADECIMAL = 16;

    private final StringBuilder content = new StringBuilder();
    private int position = -1;
    private boolean told;
    private boolean ended;

    /** Takes a piece of the engine's content and gives the plain text that it adds; empty when there is none, or calls come. */
    String add(String piece) {
        content.append(piece);
        if (position < 0) {
            Matcher beginning = BEGINNING.matcher(content);
            if (!beginning.lookingAt()) {
                return "";
            }
            position = beginning.end();
        }
        String added = decode();
        told |= !added.isEmpty();
        return added;
    }

    /** Everything the engine said. */
    String content() {
        return content.toString();
    }

    /** Whether plain text was given out. */
    boolean told() {
        return told;
    }

    private String decode() {
        StringBuilder text = new StringBuilder();
        while (!ended && position < content.length()) {
            char next = content.charAt(position);
            if (next == '"') {
                ended = true;
            } else if (next == '\\') {
                int length = escape(text);
                if (length == 0) {
                    break;
                }
                position += length;
            } else {
                text.append(next);
                position++;
            }
        }
        return withoutHalf(text);
    }

    /** Decodes the escape at the position; 0 when it is not all there. */
    private int escape(StringBuilder text) {
        if (position + 1 >= content.length()) {
            return 0;
        }
        char kind = content.charAt(position + 1);
        if (kind != 'u') {
            text.append(
                    switch (kind) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        default -> kind;
                    });
            return 2;
        }
        int end = position + 2 + UNICODE_DIGITS;
        if (end > content.length()) {
            return 0;
        }
        text.append((char) Integer.parseInt(content.substring(position + 2, end), HEXADECIMAL));
        return 2 + UNICODE_DIGITS;
    }

    /** Half of a surrogate pair waits for the other half: it is given back, as it was written. */
    private String withoutHalf(StringBuilder text) {
        int last = text.length() - 1;
        if (last < 0 || ended || !Character.isHighSurrogate(text.charAt(last))) {
            return text.toString();
        }
        boolean escaped = content.charAt(position - 1) != text.charAt(last);
        position -= escaped ? 2 + UNICODE_DIGITS : 1;
        return text.substring(0, last);
    }
}
