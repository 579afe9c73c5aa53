package ai.exaone.identity.keycloak;

import java.time.Duration;
import java.util.List;

/** The list of what must be compared with Keycloak. Shared by all processes of identity; thread-safe. */
public interface MirrorTasks {
    /** The tasks that are due, oldest first, each for this caller alone until the lease ends. */
    List<MirrorTask> claim(int limit, Duration lease);

    /** Strikes a task off, unless something changed since it was claimed. */
    void done(MirrorTask task);

    /** Makes a failed task due again later, unless something changed since it was claimed: then it is due already. */
    void retry(MirrorTask task, Duration delay);
}
