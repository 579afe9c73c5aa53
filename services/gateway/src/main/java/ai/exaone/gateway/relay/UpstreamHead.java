package ai.exaone.gateway.relay;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of an upstream's answer.
 *
 * @param status HTTP status
 * @param mediaType without parameters, in lower case; empty text when unknown
 * @param length bytes of the body; negative when unknown
 * @param retryAfter how long the upstream asks to wait
 * @param acted whether something may have been done for the answer, whatever it says
 */
public record UpstreamHead(int status, String mediaType, long length, Optional<Duration> retryAfter, boolean acted) {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final int MOST_DIGITS = 5;

    /** A head from the headers that matter, as they were sent. */
    public static UpstreamHead of(int status, @Nullable String contentType, long length, @Nullable String retryAfter) {
        return new UpstreamHead(status, mediaType(contentType), length, seconds(retryAfter), true);
    }

    /** The same head of an upstream that did nothing. */
    public UpstreamHead withoutAct() {
        return new UpstreamHead(status, mediaType, length, retryAfter, false);
    }

    /** Whether the body is a stream of events. */
    public boolean isStream() {
        return mediaType.equals(EVENTS);
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        if (contentType.equals(JSON) || contentType.equals(EVENTS)) {
            return contentType;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<Duration> seconds(@Nullable String retryAfter) {
        boolean number = retryAfter != null
                && !retryAfter.isEmpty()
                && retryAfter.length() <= MOST_DIGITS
                && retryAfter.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter))) : Optional.empty();
    }
}
