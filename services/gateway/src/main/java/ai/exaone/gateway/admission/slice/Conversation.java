package ai.exaone.gateway.admission.slice;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import com.google.protobuf.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway and quota say to each other, one exchange after the other: an unanswered one is repeated as it was, for a repeated one
 * counts once. For one thread, but for {@link #speaks}.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    /** What was used so long ago counts nowhere any more, and all that was granted is over. */
    private static final long GIVEN_UP_NANOS = Slice.WINDOW_NANOS;

    private final String gatewayId;
    private final SliceQuota quota;
    private final Supplier<String> runIds;
    private final LongSupplier nanos;
    private final Set<TenantAccounts> speaking = ConcurrentHashMap.newKeySet();
    private String runId;
    private long sequence;
    private @Nullable Statement unanswered;
    private long unansweredSince;
    /** Whether quota's account of this run names any slice. */
    private boolean named;
    /** Whether what calls used that earlier processes of this gateway admitted is in the ledger. */
    private volatile boolean caughtUp;
    /** Whether quota heard so of this run. */
    private volatile boolean caughtUpSaid;

    /**
     * @param runIds makes a new name at each call
     */
    Conversation(String gatewayId, SliceQuota quota, Supplier<String> runIds, LongSupplier nanos) {
        this.gatewayId = gatewayId;
        this.quota = quota;
        this.runIds = runIds;
        this.nanos = nanos;
        this.runId = runIds.get();
    }

    /** Notes that a tenant has something to say. Thread-safe. */
    void speaks(TenantAccounts tenant) {
        speaking.add(tenant);
    }

    /** Notes that what calls used that earlier processes of this gateway admitted is in the ledger. Thread-safe. */
    void caughtUp() {
        caughtUp = true;
    }

    /**
     * Has one exchange, if there is anything to say.
     *
     * @return how much was granted; 0 too when nothing was said
     * @throws PlatformException quota did not answer; to be tried again
     */
    long exchange() {
        Statement statement = unanswered != null ? unanswered : statement();
        if (statement == null) {
            return 0;
        }
        long sent = nanos.getAsLong();
        if (unanswered == null) {
            unanswered = statement;
            unansweredSince = sent;
        }
        try {
            ExchangeSlicesResponse response = quota.exchange(StatementWire.wire(gatewayId, statement));
            unanswered = null;
            named = statement.tenants.stream().anyMatch(said -> !said.demands.isEmpty());
            caughtUpSaid = statement.whole;
            // Of all times it was sent quota may have heard it the first time only: what is said and granted is good
            // from then on.
            return apply(statement, response, unansweredSince);
        } catch (PlatformException failure) {
            if (failure.category() == ErrorCategory.ABORTED || sent - unansweredSince > GIVEN_UP_NANOS) {
                beginAgain(statement, failure);
            }
            throw failure;
        }
    }

    /**
     * Has a last exchange: tells what was used, and gives back all that was not.
     *
     * @throws PlatformException quota did not answer: what it granted lapses there
     */
    void leave() {
        if (unanswered != null) {
            exchange();
        }
        long now = nanos.getAsLong();
        speaking.forEach(tenant -> tenant.leave(now));
        exchange();
    }

    /** Whether quota waits for a word of what it granted, though nothing more is used. */
    boolean isHeld() {
        return named || speaking.stream().anyMatch(TenantAccounts::isHeld);
    }

    private @Nullable Statement statement() {
        long now = nanos.getAsLong();
        List<Statement.OfTenant> said = new ArrayList<>();
        for (TenantAccounts tenant : Set.copyOf(speaking)) {
            // Removed first: what it has to say from here on puts it back.
            speaking.remove(tenant);
            tenant.state(runId, sequence + 1, now).ifPresent(part -> {
                said.add(part);
                speaking.add(tenant);
            });
        }
        boolean whole = caughtUp;
        if (said.isEmpty() && !named && whole == caughtUpSaid) {
            return null;
        }
        sequence++;
        return new Statement(runId, sequence, said, whole);
    }

    private long apply(Statement statement, ExchangeSlicesResponse response, long sent) {
        Map<String, SliceGrant> grants = response.getGrantsList().stream()
                .collect(Collectors.toMap(SliceGrant::getLimitId, Function.identity()));
        long granted = 0;
        for (Statement.OfTenant said : statement.tenants) {
            said.tenant.answered();
            for (Statement.Demand demand : said.demands) {
                KnownLimit limit = demand.slice().limit;
                SliceGrant grant = grants.get(limit.limitId());
                if (grant != null) {
                    said.tenant.grant(demand.slice(), grant, sent + term(limit, grant, response), nanos.getAsLong());
                    granted += grant.getGranted();
                }
            }
        }
        return granted;
    }

    /** What quota granted before lapses there; what runs is said again. */
    private void beginAgain(Statement givenUp, PlatformException why) {
        LOG.warn("The account of slices {} is not continued", runId, why);
        unanswered = null;
        named = false;
        caughtUpSaid = false;
        runId = runIds.get();
        sequence = 0;
        givenUp.tenants.forEach(said -> speaking.add(said.tenant));
        long now = nanos.getAsLong();
        speaking.forEach(tenant -> tenant.lapse(now));
    }

    private static long term(KnownLimit limit, SliceGrant grant, ExchangeSlicesResponse response) {
        Duration ofAll = limit.unit() == KnownLimit.Unit.SLOTS ? response.getSlotTerm() : response.getRateTerm();
        return grant.hasTerm() ? Math.min(nanosOf(ofAll), nanosOf(grant.getTerm())) : nanosOf(ofAll);
    }

    private static long nanosOf(Duration duration) {
        return TimeUnit.SECONDS.toNanos(duration.getSeconds()) + duration.getNanos();
    }
}
