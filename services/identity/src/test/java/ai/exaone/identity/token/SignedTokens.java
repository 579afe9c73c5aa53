package ai.exaone.identity.token;

import ai.exaone.rpc.Principal;
import java.time.Duration;

/** Tokens of callers that a test makes up, signed as identity signs. */
public final class SignedTokens {
    private SignedTokens() {}

    public static String of(SigningKeys keys, Principal principal) {
        return keys.sign(principal, Duration.ofMinutes(5));
    }
}
