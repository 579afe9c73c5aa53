package ai.exaone.rpc.token;

import java.security.PublicKey;
import java.util.Optional;

/** The public keys that verify internal tokens. Thread-safe. */
@FunctionalInterface
public interface VerificationKeys {
    /** The key of that id; empty if identity does not have it. */
    Optional<PublicKey> find(String keyId);
}
