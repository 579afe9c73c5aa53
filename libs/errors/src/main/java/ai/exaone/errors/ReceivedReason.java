package ai.exaone.errors;

import java.util.regex.Pattern;

/**
 * A reason that another process named, rebuilt from its wire answer, so that a failure keeps its name across services.
 *
 * @param name upper-case letters, digits and underscores, 2 to 63 characters: what {@code google.rpc.ErrorInfo} allows
 */
public record ReceivedReason(String name, ErrorCategory category, boolean retryable) implements ErrorReason {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,61}[A-Z0-9]");

    public ReceivedReason {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a reason: " + name);
        }
    }
}
