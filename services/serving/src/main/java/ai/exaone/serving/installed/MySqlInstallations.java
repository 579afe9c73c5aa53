package ai.exaone.serving.installed;

import ai.exaone.store.crypto.Sha256;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembers what the platform itself has installed, so that it does so once. Thread-safe. */
public final class MySqlInstallations {
    /** What is known of a thing to install. */
    public enum Outcome {
        /** It was never installed. */
        FIRST,
        /** It was installed exactly so. */
        SAME,
        /** Another content was installed before. */
        CHANGED
    }

    private final Clock clock;

    public MySqlInstallations(Clock clock) {
        this.clock = clock;
    }

    /**
     * Records in the caller's transaction that something is installed now.
     *
     * @param subject what it is, for example {@code model/NAME}; at most 192 characters
     * @param content what it consists of
     * @param resourceId what was made for it; may be empty
     * @return what was known before
     */
    public Outcome claim(Handle handle, String subject, byte[] content, String resourceId) {
        byte[] digest = Sha256.digest(content);
        Optional<byte[]> before = handle.createQuery(
                        "SELECT content FROM installed WHERE subject = :subject FOR UPDATE")
                .bind("subject", subject)
                .mapTo(byte[].class)
                .findOne();
        if (before.isPresent() && MessageDigest.isEqual(before.get(), digest)) {
            return Outcome.SAME;
        }
        handle.createUpdate("""
                        INSERT INTO installed (subject, content, resource_id, installed_at)
                        VALUES (:subject, :content, :resource, :now)
                        ON DUPLICATE KEY UPDATE content = :content, resource_id = :resource, installed_at = :now
                        """)
                .bind("subject", subject)
                .bind("content", digest)
                .bind("resource", resourceId)
                .bind("now", clock.instant())
                .execute();
        return before.isPresent() ? Outcome.CHANGED : Outcome.FIRST;
    }

    /** What was made for something installed; empty if it never was. */
    public Optional<String> resource(Handle handle, String subject) {
        return handle.createQuery("SELECT resource_id FROM installed WHERE subject = :subject")
                .bind("subject", subject)
                .mapTo(String.class)
                .findOne();
    }

    /** The subjects installed that begin so. */
    public List<String> subjects(Handle handle, String prefix) {
        return handle.createQuery("SELECT subject FROM installed WHERE LEFT(subject, CHAR_LENGTH(:prefix)) = :prefix")
                .bind("prefix", prefix)
                .mapTo(String.class)
                .list();
    }

    /** Forgets in the caller's transaction that something was installed. */
    public void forget(Handle handle, String subject) {
        handle.createUpdate("DELETE FROM installed WHERE subject = :subject")
                .bind("subject", subject)
                .execute();
    }
}
