package ai.exaone.identity.token;

import java.util.List;

/** Keeps signing keys, private parts encrypted. Shared by all processes of identity; thread-safe. */
public interface SigningKeyStore {
    /** The newest keys, the newest first; at most so many. */
    List<SigningKey> newest(int limit);

    /** Stores a key as the next generation; does nothing if another process was faster. */
    void add(SigningKey key);
}
