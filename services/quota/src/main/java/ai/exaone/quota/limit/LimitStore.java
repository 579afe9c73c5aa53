package ai.exaone.quota.limit;

import ai.exaone.audit.Act;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.PageToken;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The limits of all tenants. Every change is one transaction with its audit event, under the writer's epoch. */
public interface LimitStore {
    /**
     * All limits at one moment.
     *
     * @param revision the newest change that is in it
     */
    record Snapshot(long revision, List<Limit> limits) {
        public Snapshot {
            limits = List.copyOf(limits);
        }
    }

    /** Every tenant's limits. */
    List<Limit> all();

    /** Every tenant's limits, and up to which change of the log they are. */
    Snapshot snapshot();

    /** Changes of limits after a revision of the log; what is put is a limit as {@link LimitWire#entry} writes it. */
    ChangeLog.Reading changes(long after, int limit);

    Optional<Limit> find(String tenantId, String limitId);

    /**
     * A tenant's limits: the whole tenant's first, then projects', then keys'.
     *
     * @param projectId only this project's and its keys'; empty for all
     */
    List<Limit> list(String tenantId, String projectId, Optional<PageToken> after, int limit);

    /**
     * Adds a limit.
     *
     * @return the limit, or the one that the same request added before
     * @throws PlatformException LIMIT_EXISTS, REQUEST_ID_REUSED; LIMIT_NOT_FOUND if the same request's limit, or the
     *     limit's project, is gone
     */
    Limit add(long epoch, Limit limit, Optional<CreationRequest> request, Act act);

    /**
     * Stores a limit's new value, whether it refuses anything, and how it is raised.
     *
     * @throws PlatformException LIMIT_NOT_FOUND; LIMIT_EXISTS if there is one that does the same
     */
    void update(long epoch, Limit limit, Act act);

    /** What limits of a tenant would have refused from a day on, by limit; each one's last day first. */
    Map<String, List<ShadowDay>> wouldHaveRefused(String tenantId, List<String> limitIds, LocalDate since);

    /** Projects whose limits were removed with them. */
    Set<String> deletedProjects();

    /**
     * Removes the limits of a project that is gone and of its keys, and takes no more of them. Once: repeated, it finds nothing.
     *
     * @param act the audit event of each
     * @return what was removed
     */
    List<Limit> removeProject(long epoch, String tenantId, String projectId, Function<Limit, Act> act);

    /**
     * Removes a limit.
     *
     * @throws PlatformException LIMIT_NOT_FOUND
     */
    void remove(long epoch, Limit limit, Act act);
}
