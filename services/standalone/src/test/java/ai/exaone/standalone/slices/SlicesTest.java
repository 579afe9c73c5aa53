package ai.exaone.standalone.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.AdmissionError;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.rpc.Principal;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways' admission on one quota, which is a process of its own on a real database and is killed. */
@Tag("server")
class SlicesTest {
    private static final int GATEWAYS = 3;

    @TempDir
    Path folder;

    private final String tenant = SliceClient.IDS.next("tnt");
    private final String project = SliceClient.IDS.next("prj");
    private final List<SliceClient> gateways = new ArrayList<>();
    private TestDatabase database;
    private QuotaProcess quota;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.migrated("quota");
    }

    @AfterEach
    void close() {
        gateways.forEach(SliceClient::close);
        quota.close();
        database.close();
    }

    @Test
    void sixtyFourCallersNeverPassALimitThoughQuotaIsKilled() throws Exception {
        long requests = 6_000;
        long tokens = 3_000_000;
        limit("", "REQUESTS_PER_MINUTE", requests);
        limit(project, "TOKENS_PER_MINUTE", tokens);
        limit(project, "CONCURRENT_REQUESTS", 40);
        start();
        var load = new Load(gateways, SliceClient.caller(tenant, project), 64);
        load.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.admitted() > requests / 6);
        quota.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.unverifiable() > 100);
        quota.startAgain();
        await().atMost(Duration.ofSeconds(60)).until(() -> load.refused() > 1_000);
        await().atMost(Duration.ofSeconds(90)).until(() -> load.admitted() > requests + requests / 10);
        load.stop();
        System.out.println(load.summary(requests, tokens));
        assertThat(load.mostRequestsInAMinute()).isLessThanOrEqualTo((int) requests);
        assertThat(load.mostTokensInAMinute()).isLessThanOrEqualTo(tokens);
        assertThat(load.mostAtOnce()).isLessThanOrEqualTo(40);
        assertThat(load.firstMinute()).as("under-use").isGreaterThanOrEqualTo((int) (requests * 0.99));
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
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> admit(gateways.get(1), caller).isPresent());
        System.out.printf("slots of a dead gateway came back after %d ms%n", (System.nanoTime() - killed) / 1_000_000);
        List<HoldRequest> after = new ArrayList<>(admitAll(gateways.get(1), caller, 12));
        // What one gateway has and does not use it gives back when it was idle for a second.
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            after.addAll(admitAll(gateways.get(2), caller, 1));
            return after.size() == 23;
        });
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
        // Some use, so that there is a slice for about a second of it.
        var steps = new AtomicInteger();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> isInstant(gateway, limited) && steps.incrementAndGet() == 60);
        quota.kill();
        long more = 0;
        while (isInstant(gateway, limited)) {
            more++;
        }
        System.out.printf("without quota %d requests of 600 a minute went on%n", more);
        assertThat(more).isBetween(1L, 100L);
        assertThat(admit(gateway, free)).isPresent();
        assertThat(unverifiable(gateway, tight).retryAfter()).isPresent();
        assertThat(unverifiable(gateway, limited).retryAfter()).isPresent();
        assertThat(admit(gateway, free)).isPresent();
        quota.startAgain();
        await().atMost(Duration.ofSeconds(60)).until(() -> quietly(gateway, limited));
    }

    private void start() throws Exception {
        quota = QuotaProcess.start(folder, database);
        IntStream.range(1, GATEWAYS + 1).forEach(number -> gateways.add(new SliceClient("gateway-" + number, quota)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateways.stream().allMatch(gateway -> gateway.admission.ready()));
    }

    private void limit(String projectId, String kind, long value) {
        database.transactions()
                .withHandle(handle -> handle.execute(
                        "INSERT INTO usage_limit VALUES (?, ?, ?, '', '', ?, ?, 'usr_1', ?)",
                        SliceClient.IDS.next("lim"),
                        tenant,
                        projectId,
                        kind,
                        value,
                        Instant.now()));
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
