package ai.exaone.standalone.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.AdmissionError;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.rpc.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways' admission on one quota, which is a process of its own on a real database and is killed. */
@Tag("server")
class SlicesTest {
    @TempDir
    Path folder;

    @AutoClose
    private final ThreeGateways platform = new ThreeGateways();

    private final String tenant = platform.tenant;
    private final String project = platform.project;
    private final List<SliceClient> gateways = platform.gateways;

    @Test
    void sixtyFourCallersNeverPassALimitThoughQuotaIsKilled() throws Exception {
        long requests = 6_000;
        long tokens = 3_000_000;
        limit("", "REQUESTS_PER_MINUTE", requests);
        limit(project, "TOKENS_PER_MINUTE", tokens);
        limit(project, "CONCURRENT_REQUESTS", 40);
        start();
        var load = Load.staying(gateways, SliceClient.caller(tenant, project), 64);
        load.start();
        await().until(() -> load.admitted() > requests / 6);
        platform.quota.kill();
        await().until(() -> load.unverifiable() > 100);
        platform.quota.startAgain();
        await().until(() -> load.refused() > 1_000);
        await().atMost(Duration.ofSeconds(90)).until(() -> load.admitted() > requests + requests / 10);
        load.stop();
        System.out.println(load.summary(requests, tokens));
        assertThat(load.mostRequestsInAMinute()).isLessThanOrEqualTo((int) requests);
        assertThat(load.mostTokensInAMinute()).isLessThanOrEqualTo(tokens);
        assertThat(load.mostAtOnce()).isLessThanOrEqualTo(40);
        assertThat(load.falselyRefused(requests, tokens, 40))
                .as("falsely refused")
                .isZero();
        assertThat(load.firstMinute()).as("under-use").isGreaterThanOrEqualTo((int) (requests * 0.99));
    }

    @Test
    void sixtyFourCallersNeverPassALimitWhoseRaiseEnds() throws Exception {
        long requests = 600;
        long raised = 6_000;
        limit("", "REQUESTS_PER_MINUTE", requests);
        limit(project, "CONCURRENT_REQUESTS", 8);
        // Long enough for quota to start, and for much more than the old amount to be used.
        Instant until = Instant.now().plus(Duration.ofSeconds(45));
        platform.raise("REQUESTS_PER_MINUTE", raised, until);
        platform.raise("CONCURRENT_REQUESTS", 64, until);
        start();
        assertThat(Instant.now()).isBefore(until.minusSeconds(10));
        long end = System.nanoTime() + Duration.between(Instant.now(), until).toNanos();
        var load = Load.staying(gateways, SliceClient.caller(tenant, project), 64);
        load.start();
        await().atMost(Duration.ofSeconds(40)).until(() -> load.admitted() > 2 * requests);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> System.nanoTime() > end + Duration.ofSeconds(10).toNanos());
        load.stop();
        System.out.println(load.summary(raised, 0));
        assertThat(load.mostRequestsInAMinute()).isBetween((int) (2 * requests), (int) raised);
        assertThat(load.askedAfter(end))
                .as("admitted though the window is full")
                .isZero();
    }

    @Test
    void aDeadGatewaysSlotsComeBack() throws Exception {
        limit(project, "CONCURRENT_REQUESTS", 24);
        start();
        Principal caller = SliceClient.caller(tenant, project);
        List<HoldRequest> before = admitAll(gateways.get(0), caller, 24);
        assertThat(before).hasSize(24);
        assertThat(admit(gateways.get(1), caller)).isEmpty();
        long killed = System.nanoTime();
        gateways.get(0).die();
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> admit(gateways.get(1), caller).isPresent());
        System.out.printf("slots of a dead gateway came back after %d ms%n", (System.nanoTime() - killed) / 1_000_000);
        assertThat(admitAll(gateways.get(1), caller, 12)).hasSize(12);
        // What one gateway has and does not use is not in the way of another's calls.
        assertThat(admitAll(gateways.get(2), caller, 11)).hasSize(11);
        assertThat(admit(gateways.get(2), caller)).isEmpty();
    }

    @Test
    void withoutQuotaCallersGoOnWithinWhatWasGrantedAndThenNot() throws Exception {
        limit(project, "REQUESTS_PER_MINUTE", 600);
        String strict = SliceClient.IDS.next("prj");
        // Half of it is less than one request: it is never granted.
        limit(strict, "REQUESTS_PER_MINUTE", 1);
        start();
        SliceClient gateway = gateways.getFirst();
        Principal free = SliceClient.caller(tenant, SliceClient.IDS.next("prj"));
        Principal limited = SliceClient.caller(tenant, project);
        Principal tight = SliceClient.caller(tenant, strict);
        assertThat(admit(gateway, tight)).isPresent();
        long more = killWhileThereIsASlice(gateway, limited);
        System.out.printf("without quota %d requests of 600 a minute went on%n", more);
        assertThat(more).isBetween(1L, 100L);
        assertThat(admit(gateway, free)).isPresent();
        assertThat(unverifiable(gateway, tight).retryAfter()).isPresent();
        assertThat(unverifiable(gateway, limited).retryAfter()).isPresent();
        assertThat(admit(gateway, free)).isPresent();
        platform.quota.startAgain();
        await().until(() -> quietly(gateway, limited));
    }

    /** Kills quota after some use; returns how many requests a gateway then goes on to admit. */
    private long killWhileThereIsASlice(SliceClient gateway, Principal caller) throws Exception {
        long more = killAfterSomeUse(gateway, caller);
        // Its slice may have been used up, or over, at that very moment.
        for (int again = 0; more == 0 && again < 4; again++) {
            platform.quota.startAgain();
            await().until(() -> quietly(gateway, caller));
            more = killAfterSomeUse(gateway, caller);
        }
        return more;
    }

    private long killAfterSomeUse(SliceClient gateway, Principal caller) throws Exception {
        // There is a slice for about a second of it.
        var steps = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> isInstant(gateway, caller) && steps.incrementAndGet() == 60);
        platform.quota.kill();
        long more = 0;
        while (isInstant(gateway, caller)) {
            more++;
        }
        return more;
    }

    private void start() throws Exception {
        platform.start(folder);
    }

    private void limit(String projectId, String kind, long value) {
        platform.limit(projectId, kind, value);
    }

    private static Optional<HoldRequest> admit(SliceClient gateway, Principal caller) {
        HoldRequest request = SliceClient.call(caller, 10, 10);
        return gateway.admit(request) instanceof Decision.Admitted ? Optional.of(request) : Optional.empty();
    }

    private static List<HoldRequest> admitAll(SliceClient gateway, Principal caller, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> admit(gateway, caller))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether the gateway admits a call by itself. */
    private static boolean isInstant(SliceClient gateway, Principal caller) {
        var decision = gateway.admission.admit(SliceClient.call(caller, 10, 10)).toCompletableFuture();
        return decision.isDone() && !decision.isCompletedExceptionally();
    }

    private static boolean quietly(SliceClient gateway, Principal caller) {
        try {
            return admit(gateway, caller).isPresent();
        } catch (PlatformException notYet) {
            return false;
        }
    }

    private static PlatformException unverifiable(SliceClient gateway, Principal caller) {
        PlatformException refused = catchThrowableOfType(PlatformException.class, () -> admit(gateway, caller));
        assertThat(refused.reason()).isEqualTo(AdmissionError.LIMITS_NOT_VERIFIABLE);
        return refused;
    }
}
