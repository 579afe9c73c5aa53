package ai.exaone.gateway.admission.slice;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.AdmissionError;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.admission.QuotaAdmission;
import ai.exaone.gateway.metering.DrainedCall;
import ai.exaone.gateway.metering.LedgerFollower;
import ai.exaone.gateway.metering.LimitCharge;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.internal.v1.SliceServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.watch.WatchFollower;
import io.grpc.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Admits calls from slices of limits that quota granted to this gateway; where those do not cover a call, or only quota can decide
 * about it, asks quota. Thread-safe.
 */
public final class SliceAdmission implements Admission, LedgerFollower, AutoCloseable {
    /** What callers without limits may do is believed for so long after quota was last heard of. */
    public static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);
    /** A quota that is silent for so long is not asked about single calls: they would only wait. */
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(3);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long EXCHANGE_MILLIS = 2_000;
    private static final String AGENT_PREFIX = "agent/";

    private final QuotaAdmission quota;
    private final Tenants tenants;
    private final Exchanger exchanger;
    private final LimitFeed feed;
    private final PriceFeed prices = new PriceFeed();
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final WatchFollower follower;
    private final WatchFollower priceFollower;
    private final Map<HoldKey, SliceHold> holds = new ConcurrentHashMap<>();

    private SliceAdmission(Channel channel, String gatewayId, Supplier<String> runIds, InstantSource clock) {
        this.clock = clock;
        this.quota = new QuotaAdmission(channel, gatewayId);
        this.nanos = System::nanoTime;
        this.exchanger =
                new Exchanger(exchanges -> new Conversation(gatewayId, exchanges(channel), runIds, System::nanoTime));
        this.tenants = new Tenants(exchanger);
        this.feed = new LimitFeed(tenants, nanos);
        this.follower = WatchFollower.follow(channel, LimitFeed.LOG, gatewayId, feed, nanos);
        this.priceFollower = WatchFollower.follow(channel, PriceFeed.LOG, gatewayId, prices, nanos);
        exchanger.start();
    }

    /**
     * Begins to follow the limits and to exchange slices.
     *
     * @param channel to quota
     * @param runIds makes a new name at each call
     * @param clock by which prices are in force
     */
    public static SliceAdmission start(
            Channel channel, String gatewayId, Supplier<String> runIds, InstantSource clock) {
        return new SliceAdmission(channel, gatewayId, runIds, clock);
    }

    @Override
    public CompletionStage<Decision> admit(HoldRequest request) {
        Duration silence = follower.silence();
        if (!feed.isStated() || silence.compareTo(LONGEST_SILENCE) > 0) {
            return CompletableFuture.failedStage(notVerifiable());
        }
        CallerModel caller = caller(request);
        // A call of an agent waits for the calls that the agent makes: if it took a slot, it could wait for itself.
        int slots = request.model().startsWith(AGENT_PREFIX) ? 0 : 1;
        Optional<KnownPrice> price = prices.certain(request.model(), clock.instant());
        Need need = Need.of(slots, request.inputTokens(), request.outputTokens(), price);
        long now = nanos.getAsLong();
        TenantAccounts tenant = tenants.of(request.tenantId());
        SliceHold hold = tenant.take(caller, need, now);
        if (hold != null) {
            holds.put(HoldKey.of(request), hold);
            return CompletableFuture.completedStage(new Decision.Admitted(hold.limits, charge(hold)));
        }
        if (silence.compareTo(ASKED_WITHIN) > 0) {
            return CompletableFuture.failedStage(notVerifiable());
        }
        return quota.admit(request, tenant.giveBack(caller, need, now));
    }

    @Override
    public CompletionStage<OptionalLong> settle(HoldRequest request, TokenCounts used) {
        HoldKey key = HoldKey.of(request);
        SliceHold hold = holds.get(key);
        if (hold == null) {
            return quota.settle(request, used);
        }
        if (hold.settle(used, nanos.getAsLong())) {
            holds.remove(key);
        }
        return CompletableFuture.completedStage(KnownPrice.exactly(hold.need.price(), price -> price.amount(used)));
    }

    @Override
    public void recorded(Collection<DrainedCall> calls) {
        for (DrainedCall call : calls) {
            HoldKey key = HoldKey.of(call);
            SliceHold hold = call.charged() ? holds.get(key) : null;
            if (hold != null && hold.recorded(nanos.getAsLong())) {
                holds.remove(key);
            }
        }
    }

    @Override
    public void caughtUp() {
        exchanger.caughtUp();
    }

    /** Whether limits are known, so that calls can be decided about. */
    public boolean ready() {
        return feed.isStated() && follower.silence().compareTo(LONGEST_SILENCE) <= 0;
    }

    @Override
    public void close() {
        follower.close();
        priceFollower.close();
        exchanger.close();
    }

    private static CallerModel caller(HoldRequest request) {
        Principal principal = request.principal();
        return new CallerModel(
                request.projectId(),
                principal.keyId().orElse(""),
                principal.agentId().orElse(""),
                request.model());
    }

    private static Optional<LimitCharge> charge(SliceHold hold) {
        return hold.day == 0
                ? Optional.empty()
                : Optional.of(new LimitCharge(
                        hold.day, hold.need.price().map(KnownPrice::priceId).orElse("")));
    }

    private static SliceQuota exchanges(Channel channel) {
        var stub = SliceServiceGrpc.newBlockingStub(channel);
        return request -> RpcErrors.call(() ->
                stub.withDeadlineAfter(EXCHANGE_MILLIS, TimeUnit.MILLISECONDS).exchangeSlices(request));
    }

    private static PlatformException notVerifiable() {
        return PlatformException.because(
                        AdmissionError.LIMITS_NOT_VERIFIABLE, "The platform cannot check limits at the moment.")
                .retryAfter(RETRY_AFTER)
                .build();
    }
}
