package ai.exaone.quota.limit;

import ai.exaone.audit.Act;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.access.Viewer;
import ai.exaone.quota.writer.ActiveWriter;
import ai.exaone.rpc.Principal;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tenants, projects, keys and agents may use. A change is in force for the next request. Thread-safe. */
public final class Limits {
    /** Setting a limit on a whole tenant is the platform's right; below it, the tenant's own. */
    public static final String TENANT_LIMIT_PERMISSION = "platform.limit.write";

    private static final int TOKEN_COLUMNS = 2;
    private static final int SHADOW_DAYS = 31;

    private final LimitStore store;
    private final LimitMeters meters;
    private final ActiveWriter writer;
    private final IdGenerator ids;
    private final Clock clock;
    private final LimitFollowers followers;

    public Limits(
            LimitStore store,
            LimitMeters meters,
            ActiveWriter writer,
            IdGenerator ids,
            Clock clock,
            LimitFollowers followers) {
        this.store = store;
        this.meters = meters;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
        this.followers = followers;
    }

    /**
     * Sets a limit where there is none of that kind that does the same.
     *
     * @throws PlatformException LIMIT_EXISTS, LIMIT_INVALID, TENANT_LIMIT_DENIED, REQUEST_ID_REUSED
     */
    public Limit create(String tenantId, NewLimit wanted, Optional<CreationRequest> request, Principal author) {
        requireRight(wanted.scope(), author);
        if (!wanted.scope().isWellFormed()) {
            throw new PlatformException(
                    LimitError.LIMIT_INVALID, "The limit's project, key or model is not well formed.");
        }
        return inForce(writer.change(epoch -> {
            var limit = new Limit(
                    ids.next("lim"),
                    tenantId,
                    wanted.scope(),
                    wanted.kind(),
                    wanted.value(),
                    wanted.enforcement(),
                    Optional.empty(),
                    author.subject(),
                    clock.instant());
            Act act = Act.created(tenantId, "limit.create", limit.limitId(), values(limit));
            Limit created = store.add(epoch, limit, request, act);
            meters.put(created);
            return created;
        }));
    }

    /**
     * A limit that the reader may see.
     *
     * @throws PlatformException LIMIT_NOT_FOUND
     */
    public Limit get(String tenantId, String limitId, Viewer viewer) {
        return store.find(tenantId, limitId)
                .filter(limit -> viewer.sees(limit.scope().projectId()))
                .orElseThrow(() -> new PlatformException(LimitError.LIMIT_NOT_FOUND, "There is no such limit."));
    }

    /** How a limit stands now. */
    public LimitUse use(Limit limit) {
        return meters.use(limit);
    }

    /** What limits of one tenant would have refused in the last month, by limit; each one's last day first. */
    public Map<String, List<ShadowDay>> wouldHaveRefused(List<Limit> limits) {
        if (limits.isEmpty()) {
            return Map.of();
        }
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(SHADOW_DAYS);
        return store.wouldHaveRefused(
                limits.getFirst().tenantId(),
                limits.stream().map(Limit::limitId).toList(),
                since);
    }

    /**
     * A tenant's limits: the whole tenant's first, then projects', then keys'.
     *
     * @param projectId only this project's and its keys'; empty for all
     */
    public Page<Limit> list(String tenantId, String projectId, PageRequest page) {
        List<Limit> rows = store.list(tenantId, projectId, page.after(TOKEN_COLUMNS), page.rows());
        return Page.of(page, rows, Limits::place);
    }

    /**
     * Changes a limit's value, or whether it refuses anything.
     *
     * @throws PlatformException LIMIT_NOT_FOUND, LIMIT_EXISTS, TENANT_LIMIT_DENIED
     */
    public Limit update(String tenantId, String limitId, LimitChange change, Principal author) {
        return inForce(writer.change(epoch -> {
            Limit before = mine(tenantId, limitId, author);
            return change(epoch, "limit.update", before, before.with(change, author.subject(), clock.instant()));
        }));
    }

    /**
     * Raises a limit for a time, in the place of a raise that there was.
     *
     * @param value how much counts meanwhile
     * @throws PlatformException LIMIT_NOT_FOUND, LIMIT_INVALID, TENANT_LIMIT_DENIED
     */
    public Limit raise(String tenantId, String limitId, long value, Instant until, String reason, Principal author) {
        return inForce(writer.change(epoch -> {
            Limit before = mine(tenantId, limitId, author);
            var raise = new LimitRaise(value, until, reason, author.subject(), clock.instant());
            requireHigher(before, raise);
            return change(epoch, "limit.raise", before, before.withRaise(Optional.of(raise)));
        }));
    }

    /**
     * Ends a limit's raise; one that has none stays as it is.
     *
     * @throws PlatformException LIMIT_NOT_FOUND, TENANT_LIMIT_DENIED
     */
    public Limit lower(String tenantId, String limitId, Principal author) {
        return inForce(writer.change(epoch -> {
            Limit before = mine(tenantId, limitId, author);
            return before.raise().isEmpty()
                    ? before
                    : change(epoch, "limit.lower", before, before.withRaise(Optional.empty()));
        }));
    }

    /**
     * Removes a limit.
     *
     * @throws PlatformException LIMIT_NOT_FOUND, TENANT_LIMIT_DENIED
     */
    public void delete(String tenantId, String limitId, Principal author) {
        inForce(writer.change(epoch -> {
            Limit limit = mine(tenantId, limitId, author);
            store.remove(epoch, limit, deletion(limit));
            meters.remove(limit);
            return limit;
        }));
    }

    /** Removes the limits of a project that is gone, and of its keys. May be repeated. */
    public void projectDeleted(String tenantId, String projectId) {
        writer.change(epoch -> {
            List<Limit> gone = store.removeProject(epoch, tenantId, projectId, Limits::deletion);
            gone.forEach(meters::remove);
            return gone;
        });
    }

    /** The deleted projects whose limits are removed. */
    public Set<String> deletedProjects() {
        return store.deletedProjects();
    }

    /** A limit that its author may change. */
    private Limit mine(String tenantId, String limitId, Principal author) {
        Limit limit = get(tenantId, limitId, Viewer.of(author));
        requireRight(limit.scope(), author);
        return limit;
    }

    private Limit change(long epoch, String action, Limit before, Limit after) {
        Act act = Act.changed(before.tenantId(), action, before.limitId(), values(before), values(after));
        store.update(epoch, after, act);
        meters.put(after);
        return after;
    }

    private static void requireHigher(Limit limit, LimitRaise raise) {
        if (!raise.holds(raise.at())) {
            throw invalid("until", "is not in the future");
        }
        if (raise.value() <= limit.value()) {
            throw invalid("value", "is not more than the limit's value");
        }
    }

    private static PlatformException invalid(String field, String description) {
        return PlatformException.because(LimitError.LIMIT_INVALID, "The limit cannot be raised so.")
                .violation(field, description)
                .build();
    }

    /** A change is answered when gateways decide by it. */
    private Limit inForce(Limit changed) {
        followers.awaitInForce();
        return changed;
    }

    /** Where a limit stands in a list. */
    static PageToken place(Limit limit) {
        return PageToken.of(Integer.toString(limit.scope().depth()), limit.limitId());
    }

    private static Act deletion(Limit limit) {
        return Act.deleted(limit.tenantId(), "limit.delete", limit.limitId(), values(limit));
    }

    private static void requireRight(Scope scope, Principal author) {
        if (!Viewer.of(author).sees(scope.projectId())) {
            throw new PlatformException(LimitError.LIMIT_NOT_FOUND, "There is no such project.");
        }
        if (scope.isWholeTenant() && !author.may(TENANT_LIMIT_PERMISSION)) {
            throw PlatformException.because(
                            LimitError.TENANT_LIMIT_DENIED,
                            "Limits on a whole tenant are set by the platform's admins.")
                    .metadata("permission", TENANT_LIMIT_PERMISSION)
                    .build();
        }
    }

    private static Map<String, Object> values(Limit limit) {
        var values = new LinkedHashMap<String, Object>();
        Optional.of(limit.scope().projectId())
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> values.put("project_id", id));
        Optional.of(limit.scope().keyId()).filter(id -> !id.isEmpty()).ifPresent(id -> values.put("key_id", id));
        Optional.of(limit.scope().agentId()).filter(id -> !id.isEmpty()).ifPresent(id -> values.put("agent_id", id));
        Models models = limit.scope().models();
        if (models.isGroup()) {
            values.put("models", models.names());
        } else if (!models.single().isEmpty()) {
            values.put("model", models.single());
        }
        values.put("kind", limit.kind().name());
        values.put("value", Long.toString(limit.value()));
        values.put("enforcement", limit.enforcement().name());
        limit.raise().ifPresent(raise -> {
            values.put("raise_value", Long.toString(raise.value()));
            values.put("raise_until", raise.until().toString());
            values.put("raise_reason", raise.reason());
        });
        return values;
    }
}
