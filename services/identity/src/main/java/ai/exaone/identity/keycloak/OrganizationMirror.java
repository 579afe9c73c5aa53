package ai.exaone.identity.keycloak;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries tenants and members over to Keycloak. A task says only what to compare; what it must become is read when that is done, so
 * tasks may be repeated, reordered or done by two processes, and the end is the same. Thread-safe.
 */
public final class OrganizationMirror {
    private static final Logger LOG = LoggerFactory.getLogger(OrganizationMirror.class);
    private static final int BATCH = 20;
    /** Longer than the slowest batch: each of its tasks makes at most five calls of five seconds. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final MirrorTasks tasks;
    private final MirrorState state;
    private final OrganizationDirectory directory;

    public OrganizationMirror(MirrorTasks tasks, MirrorState state, OrganizationDirectory directory) {
        this.tasks = tasks;
        this.state = state;
        this.directory = directory;
    }

    /**
     * Does what is due now.
     *
     * @return whether all of it is done; a task that failed is due again after a delay that grows to about a minute
     */
    public boolean carryOver() {
        boolean done = true;
        List<MirrorTask> due = tasks.claim(BATCH, LEASE);
        for (MirrorTask task : due) {
            done &= carryOver(task);
        }
        return done;
    }

    private boolean carryOver(MirrorTask task) {
        try {
            compare(task);
            tasks.done(task);
            return true;
        } catch (PlatformException failure) {
            if (failure.category() == ErrorCategory.UNAVAILABLE) {
                LOG.debug("{} waits for Keycloak", task);
            } else {
                LOG.warn("{} could not be carried over to Keycloak", task, failure);
            }
            tasks.retry(task, FIRST_DELAY.multipliedBy(1L << Math.min(task.attempts(), MOST_DOUBLINGS)));
            return false;
        }
    }

    private void compare(MirrorTask task) {
        Optional<Organization> organization = state.organization(task.tenantId());
        if (organization.isEmpty()) {
            return;
        }
        if (task.userId().isEmpty()) {
            directory.put(organization.get());
            return;
        }
        state.membership(task.tenantId(), task.userId().get()).ifPresent(membership -> {
            if (membership.member()) {
                directory.addMember(organization.get(), membership.subject());
            } else {
                directory.removeMember(organization.get(), membership.subject());
            }
        });
    }
}
