package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What gateways have and do not use is not in the way of a request: it waits until they have given it back. */
@EveryEngine(migrated = "quota")
class RecallTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();
    private QuotaUnderTest quota;
    private long sequence;

    RecallTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @AfterEach
    void stop() {
        quota.close();
    }

    @Test
    void aRequestWaitsForUnitsThatAGatewayDoesNotUse() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 4);
        assertThat(say(limit, 0, 0, 0, 9)).isEqualTo(grant(limit, 2, 2, false));
        quota.admit(1, 1);
        quota.admit(1, 1);
        var waiting = CompletableFuture.supplyAsync(() -> quota.admission.admit(quota.request(1, 1)));
        // Its gateway goes on as before, until it hears that something is wanted back.
        SliceExchange.Grant answer = say(limit, 0, 2, 0, 9);
        while (!answer.recalled()) {
            answer = say(limit, 0, 2, 0, 9);
        }
        assertThat(answer.granted()).isZero();
        say(limit, 0, 0, 0, 9);
        assertThat(waiting.join().decision()).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestWaitsToHearWhetherSlotsAreStillTaken() {
        Limit limit = quota.limit(LimitKind.CONCURRENT_REQUESTS, 4);
        assertThat(say(limit, 0, 0, 0, 9).granted()).isEqualTo(2);
        say(limit, 2, 2, 2, 0);
        quota.admit(1, 1);
        quota.admit(1, 1);
        AdmissionRequest refused = quota.request(1, 1);
        var since = new Book.Waiting(time.clock().nanos(), false);
        assertThat(decide(refused, since)).isEmpty();
        say(limit, 0, 2, 2, 0);
        assertThat(decide(refused, since)).containsInstanceOf(Decision.Refused.class);
        AdmissionRequest admitted = quota.request(1, 1);
        since = new Book.Waiting(time.clock().nanos(), false);
        assertThat(decide(admitted, since)).isEmpty();
        say(limit, 0, 1, 1, 0);
        assertThat(decide(admitted, since)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestWaitsToHearWhetherTokensAreStillHeld() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        report(limit, 800, 800, List.of());
        AdmissionRequest request = quota.request(300, 0);
        var since = new Book.Waiting(time.clock().nanos(), false);
        assertThat(decide(request, since)).isEmpty();
        report(limit, 0, 0, List.of(new SliceExchange.Return(sequence, caller(), 700)));
        assertThat(decide(request, since)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestNeedNotWaitForWhatItsOwnGatewaySaysWithIt() {
        Limit limit = quota.limit(LimitKind.CONCURRENT_REQUESTS, 2);
        say(limit, 2, 2, 2, 0);
        var taken = new GivenBack(quota.tenant, sequence, Map.of(limit.limitId(), new GivenBack.OfLimit(0, 0, 2)));
        assertThat(decide(quota.request(1, 1), taken)).containsInstanceOf(Decision.Refused.class);
        // Its gateway has a slot that it does not use, and keeps it: that is to be said by an exchange.
        var unused = new GivenBack(quota.tenant, sequence, Map.of(limit.limitId(), new GivenBack.OfLimit(0, 1, 1)));
        assertThat(decide(quota.request(1, 1), unused)).isEmpty();
        var given = new GivenBack(quota.tenant, sequence, Map.of(limit.limitId(), new GivenBack.OfLimit(1, 0, 1)));
        assertThat(decide(quota.request(1, 1), given)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestWaitsForTokensThatItsOwnGatewayIsAboutToReturn() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        report(limit, 800, 800, List.of());
        var over = new GivenBack(quota.tenant, sequence, Map.of(limit.limitId(), new GivenBack.OfLimit(0, 700, 0)));
        AdmissionRequest request = quota.request(300, 0);
        assertThat(decide(request, over)).isEmpty();
        report(limit, 0, 0, List.of(new SliceExchange.Return(sequence, caller(), 700)));
        assertThat(decide(request, GivenBack.NOTHING)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestWaitsForTokensThatAnotherRequestsGatewaySaidItIsAboutToReturn() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        report(limit, 800, 800, List.of());
        var over = new GivenBack(quota.tenant, sequence, Map.of(limit.limitId(), new GivenBack.OfLimit(0, 700, 0)));
        assertThat(decide(quota.request(300, 0), over)).isEmpty();
        time.advance(MOMENT);
        AdmissionRequest later = quota.request(300, 0);
        assertThat(decide(later, GivenBack.NOTHING)).isEmpty();
        report(limit, 0, 0, List.of(new SliceExchange.Return(sequence, caller(), 700)));
        assertThat(decide(later, GivenBack.NOTHING)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRequestWaitsToHearWhatRunsOfCallsThatMayBeInTheLedger() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_DAY, 1_000);
        keep(limit, 800, 800);
        var since = new Book.Waiting(time.clock().nanos(), false);
        keep(limit, 800, 800);
        assertThat(decide(quota.request(300, 0), since)).containsInstanceOf(Decision.Refused.class);
        quota.drain(0, 500, sliced(quota.call(QuotaUnderTest.IDS.next("req"), 100, 0)));
        AdmissionRequest request = quota.request(300, 0);
        assertThat(decide(request, since)).isEmpty();
        // On its way when the call came to the ledger.
        keep(limit, 800, 800);
        assertThat(decide(request, since)).isEmpty();
        keep(limit, 700, 700);
        assertThat(decide(request, since)).containsInstanceOf(Decision.Refused.class);
        keep(limit, 600, 600);
        assertThat(decide(quota.request(300, 0), since)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void whatIsUsedIsRefusedAtOnce() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 4);
        say(limit, 3, 0, 0, 9);
        quota.admit(1, 1);
        assertThat(decide(quota.request(1, 1), new Book.Waiting(time.clock().nanos(), false)))
                .containsInstanceOf(Decision.Refused.class);
        assertThat(say(limit, 0, 0, 0, 9).recalled()).isFalse();
    }

    @Test
    void aLimitThatIsUsedIsNamedRatherThanOneThatMayBeFree() {
        Limit used = quota.limit(LimitKind.CONCURRENT_REQUESTS, 1);
        Limit tokens = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        quota.admit(1, 1);
        report(tokens, 800, 800, List.of());
        // Alone, the tokens would refuse for longer, and be waited for.
        assertThat(quota.refusal(300, 0).limit()).isEqualTo(used);
    }

    @Test
    void aSilentGatewayIsNotWaitedFor() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2);
        say(limit, 0, 2, 0, 0);
        time.advance(Duration.ofMillis(2_001));
        assertThat(decide(quota.request(1, 1), new Book.Waiting(time.clock().nanos(), false)))
                .containsInstanceOf(Decision.Refused.class);
    }

    @Test
    void unitsOfARunThatAStartReadAreWaitedFor() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2);
        say(limit, 0, 2, 0, 0);
        quota.close();
        quota = quota.another(database.transactions());
        time.advance(MOMENT);
        AdmissionRequest request = quota.request(1, 1);
        var since = new Book.Waiting(time.clock().nanos(), false);
        assertThat(decide(request, since)).isEmpty();
        say(limit, 0, 0, 0, 0);
        assertThat(decide(request, since)).containsInstanceOf(Decision.Admitted.class);
    }

    @Test
    void nothingIsGrantedForAWhileAfterARequestWaited() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        say(limit, 0, 9, 0, 0);
        assertThat(decide(quota.request(1, 1), new Book.Waiting(time.clock().nanos(), false)))
                .containsInstanceOf(Decision.Admitted.class);
        assertThat(decide(quota.request(1, 1), new Book.Waiting(time.clock().nanos(), false)))
                .isEmpty();
        assertThat(say(limit, 0, 0, 0, 9)).isEqualTo(grant(limit, 0, 9, true));
        time.advance(Duration.ofSeconds(5));
        assertThat(say(limit, 0, 0, 0, 9)).isEqualTo(grant(limit, 4, 5, false));
    }

    private Optional<Decision> decide(AdmissionRequest request, Book.Waiting waiting) {
        return quota.admission.decide(request, GivenBack.NOTHING, waiting).map(Answer::decision);
    }

    private Optional<Decision> decide(AdmissionRequest request, GivenBack given) {
        return quota.admission
                .decide(request, given, new Book.Waiting(time.clock().nanos(), false))
                .map(Answer::decision);
    }

    private static SliceExchange.Grant grant(Limit limit, long granted, long remaining, boolean recalled) {
        return new SliceExchange.Grant(
                limit.limitId(), granted, remaining, recalled, Optional.empty(), Optional.empty(), limit.value());
    }

    /** The next exchange of the one gateway; returns what it is answered. */
    private SliceExchange.Grant say(Limit limit, long requests, long kept, long running, long wanted) {
        return exchange(
                List.of(new SliceExchange.Use(caller(), requests, 0)),
                List.of(),
                new SliceExchange.Demand(limit.limitId(), kept, running, wanted, 1));
    }

    private void report(Limit limit, long tokens, long held, List<SliceExchange.Return> returns) {
        exchange(
                List.of(new SliceExchange.Use(caller(), 0, tokens)),
                returns,
                new SliceExchange.Demand(limit.limitId(), 0, held, 0, 1));
    }

    private void keep(Limit limit, long kept, long running) {
        exchange(List.of(), List.of(), new SliceExchange.Demand(limit.limitId(), kept, running, 0, 1));
    }

    /** The same call as one that its gateway admitted by itself. */
    private UsageRecord sliced(UsageRecord call) {
        return new UsageRecord(
                call.requestId(),
                call.caller(),
                call.model(),
                call.replicaId(),
                call.path(),
                call.startedAt(),
                call.firstByte(),
                call.duration(),
                call.tokens(),
                call.reasoningTokens(),
                call.estimated(),
                call.result(),
                call.priceId(),
                call.amountMicros(),
                Optional.of(LocalDate.ofInstant(time.wall.instant(), time.zone())));
    }

    private SliceExchange.Grant exchange(
            List<SliceExchange.Use> uses, List<SliceExchange.Return> returns, SliceExchange.Demand demand) {
        time.advance(MOMENT);
        sequence++;
        List<SliceExchange.Grant> grants = quota.slices.exchange(new SliceExchange(
                "gateway-1",
                quota.tenant,
                sequence,
                List.of(new SliceExchange.OfTenant(quota.tenant, uses, returns, List.of(demand))),
                false));
        time.advance(MOMENT);
        return grants.getFirst();
    }

    private SliceExchange.Caller caller() {
        return new SliceExchange.Caller(quota.project, quota.key, QuotaUnderTest.MODEL);
    }
}
