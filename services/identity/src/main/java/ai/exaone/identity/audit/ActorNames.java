package ai.exaone.identity.audit;

import java.util.Optional;

/** The names by which people know who acts. Thread-safe. */
@FunctionalInterface
public interface ActorNames {
    /**
     * The name of a subject.
     *
     * @param subject {@code usr_…}, {@code key_…} or another
     */
    Optional<String> nameOf(String subject);
}
