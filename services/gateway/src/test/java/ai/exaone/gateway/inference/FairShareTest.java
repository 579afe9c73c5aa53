package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.gateway.routing.RouteFeed;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.v1.TenantShare;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.rpc.watch.WatchListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A busy model: who has a place, who waits, and what those are told for whom there is none. */
@Tag("server")
class FairShareTest extends ThroughGateway {
    private static final Logger LOG = LoggerFactory.getLogger(FairShareTest.class);
    private static final String MODEST = "tnt_00000000000000000000000002";
    private static final int PLACES = 4;
    private static final int GREEDY = 64;
    private static final int MODEST_CALLERS = 2 * PLACES;
    private static final int ANSWERS = 200;

    /** An answer ends when it is let go. */
    private final Semaphore goOn = new Semaphore(0);

    private final AtomicInteger inEngine = new AtomicInteger();
    private final AtomicInteger mostInEngine = new AtomicInteger();
    private final Map<String, Served> answered = new ConcurrentHashMap<>();

    private void answerWhenLetGo(StubEngine.Received request, StubEngine.Reply reply)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        mostInEngine.accumulateAndGet(inEngine.incrementAndGet(), Math::max);
        try {
            goOn.acquire();
        } finally {
            inEngine.decrementAndGet();
        }
        String who = request.body().contains("\"modest\"") ? "modest" : "greedy";
        answered.computeIfAbsent(who, name -> new Served()).add(System.nanoTime() - begun);
        reply.json(200, Answers.chat(who));
    }

    private void serve(int places, TenantShare... shares) {
        engine.behave(this::answerWhenLetGo);
        Route.Builder route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getReplicasBuilder(0).setConcurrentRequests(places);
        route.addAllTenantShares(List.of(shares));
        cluster.serving.put(route.build());
    }

    private static String says(String word) {
        return HELLO.replace("\"hi\"", "\"" + word + "\"");
    }

    private Caller modestCaller() {
        return new Caller(
                cluster.url(),
                cluster.identity.addKeyOf("key_00000000000000000000000009", MODEST, "prj_00000000000000000000000009"));
    }

    @Test
    void aGreedyTenantLeavesAModestOneItsShare() throws Exception {
        serve(PLACES);
        assertShare(0.5);
    }

    @Test
    void aTenantsWeightIsItsShare() throws Exception {
        serve(PLACES, TenantShare.newBuilder().setTenantId(MODEST).setWeight(3).build());
        assertShare(0.75);
    }

    /** 64 callers of one tenant and a few more than there are places of another; the engine lets one answer go after the other. */
    private void assertShare(double share) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Caller modest = modestCaller();
        int waiting = GREEDY + MODEST_CALLERS - PLACES;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < GREEDY; i++) {
                all.add(callers.submit(() -> callUntil(enough, caller, "greedy")));
            }
            awaitWaiting(GREEDY - PLACES);
            for (int i = 0; i < MODEST_CALLERS; i++) {
                all.add(callers.submit(() -> callUntil(enough, modest, "modest")));
            }
            for (int i = 0; i < ANSWERS; i++) {
                awaitWaiting(waiting);
                goOn.release();
            }
            awaitWaiting(waiting);
            assertHadShares(answered.get("modest"), answered.get("greedy"), share);

            enough.set(true);
            goOn.release(10_000);
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    /** Shares are of the engine's time; a machine that stands still for a while does so for everybody's calls. */
    private void assertHadShares(Served modest, Served greedy, double share) {
        double all = modest.nanos.get() + greedy.nanos.get();
        LOG.info(
                "The modest tenant had {} answers and {} of the engine's time, the greedy one {} and {}",
                modest.answers,
                modest.nanos.get() / all,
                greedy.answers,
                greedy.nanos.get() / all);
        assertThat(mostInEngine.get()).isEqualTo(PLACES);
        assertThat(modest.answers.get() + greedy.answers.get()).isEqualTo(ANSWERS);
        double bound = (double) Math.max(modest.longest.get(), greedy.longest.get()) * (PLACES + 2);
        assertThat((double) modest.nanos.get()).isGreaterThanOrEqualTo(share * all - bound);
        assertThat((double) greedy.nanos.get()).isGreaterThanOrEqualTo((1 - share) * all - bound);
    }

    /** What a tenant had of the engine. */
    private static final class Served {
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicLong nanos = new AtomicLong();
        private final AtomicLong longest = new AtomicLong();

        void add(long took) {
            answers.incrementAndGet();
            nanos.addAndGet(took);
            longest.accumulateAndGet(took, Math::max);
        }
    }

    private static Void callUntil(AtomicBoolean enough, Caller who, String word) throws Exception {
        while (!enough.get()) {
            assertThat(who.post("/v1/chat/completions", says(word)).statusCode())
                    .isEqualTo(200);
        }
        return null;
    }

    private void awaitWaiting(int calls) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> waiting() == calls && inEngine.get() == PLACES);
    }

    private int waiting() {
        return (int) cluster.part(PrometheusMeterRegistry.class).find("exaone.gateway.queue.calls").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Test
    void twoGatewaysHaveHalfOfThePlacesEach() throws Exception {
        serve(PLACES);
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 2 * PLACES; i++) {
                all.add(callers.submit(() -> callUntil(enough, caller, "greedy")));
            }
            awaitWaiting(PLACES);
            WatchFollower another = WatchFollower.follow(
                    cluster.part(RpcChannels.class).to(ServiceName.SERVING),
                    RouteFeed.LOG,
                    "gateway-2",
                    new Uninterested(),
                    System::nanoTime);
            Awaitility.await().until(() -> {
                // What has a place keeps it: there is one less with every answer.
                goOn.release(inEngine.get() > PLACES / 2 ? 1 : 0);
                return inEngine.get() == PLACES / 2 && waiting() == 2 * PLACES - PLACES / 2;
            });
            another.close();
            awaitWaiting(PLACES);

            enough.set(true);
            goOn.release(1_000);
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    /** Another gateway, as far as the others know of it. */
    private static final class Uninterested implements WatchListener {
        @Override
        public void onState(List<Entry> entries) {
            // It has no calls.
        }

        @Override
        public void onChange(Entry entry) {
            // It has no calls.
        }
    }

    @Test
    void whoLeavesWhileItWaitsGivesItsTurnToTheNext() throws Exception {
        serve(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> caller.post("/v1/chat/completions", says("one")));
            Awaitility.await().until(() -> inEngine.get() == 1);
            Socket leaving = caller.socket("/v1/chat/completions", says("leaving"));
            Awaitility.await().until(() -> waiting() == 1);
            long asked = System.nanoTime();
            Future<HttpResponse<String>> next = callers.submit(() -> caller.post("/v1/chat/completions", says("next")));
            Awaitility.await().until(() -> waiting() == 2);
            long waits = System.nanoTime();
            leaving.close();
            Awaitility.await().until(() -> waiting() == 1);
            long waited = System.nanoTime() - waits;
            goOn.release(2);

            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(next.get().statusCode()).isEqualTo(200);
            assertThat(engine.received()).noneMatch(request -> request.body().contains("leaving"));
            long took = System.nanoTime() - asked;
            // What it waited for is no overhead of the platform.
            assertThat(Double.parseDouble(next.get()
                            .headers()
                            .firstValue("x-exaone-overhead-ms")
                            .orElseThrow()))
                    .isLessThan((took - waited) / 1e6);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(cluster.quota.records())
                            .extracting(UsageRecord::getOutcome, UsageRecord::getInputTokens)
                            .containsExactlyInAnyOrder(
                                    tuple(Outcome.OUTCOME_COMPLETED, 7L),
                                    tuple(Outcome.OUTCOME_COMPLETED, 7L),
                                    tuple(Outcome.OUTCOME_CLIENT_CLOSED, 0L)));
        }
    }

    @Test
    void aFullQueueRefusesAndSaysWhenToComeAgain() throws Exception {
        cluster.restartGateway(Map.of("exaone.gateway.queue.waiting-per-place", 1));
        caller = new Caller(cluster.url(), key);
        serve(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> inEngine.get() == 1);
            Future<HttpResponse<String>> second = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> waiting() == 1);

            HttpResponse<String> refused = caller.post("/v1/chat/completions", HELLO);
            assertError(refused, 429, "model_queue_full", "null");
            assertThat(refused.headers()
                            .firstValue("retry-after")
                            .map(Integer::parseInt)
                            .orElseThrow())
                    .isPositive();
            assertThat(recordOf(refused).getOutcome()).isEqualTo(Outcome.OUTCOME_REFUSED);
            goOn.release(2);
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(second.get().statusCode()).isEqualTo(200);
        }
        assertThat(caller.get("/metrics").body())
                .contains("exaone_gateway_queue_refused_total{model=\"chat\",priority=\"interactive\"} 1.0");
    }

    @Test
    void whoWaitsForTooLongIsToldToComeAgain() throws Exception {
        cluster.restartGateway(Map.of("exaone.gateway.queue.longest-wait", "300ms"));
        caller = new Caller(cluster.url(), key);
        serve(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> inEngine.get() == 1);
            HttpResponse<String> refused = caller.post("/v1/chat/completions", STREAM);
            assertError(refused, 503, "model_busy", "null");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            goOn.release();
            assertThat(first.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRevokedKeyWaitsNoMore() throws Exception {
        serve(1);
        String other = cluster.identity.addKeyOf("key_00000000000000000000000008", TestIds.TENANT, TestIds.PROJECT);
        Caller revoked = new Caller(cluster.url(), other);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> inEngine.get() == 1);
            Future<HttpResponse<String>> waits = callers.submit(() -> revoked.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> waiting() == 1);
            cluster.identity.revoke(other);

            assertError(waits.get(), 401, "invalid_api_key", "null");
            Awaitility.await().until(() -> waiting() == 0);
            goOn.release();
            assertThat(first.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoWaitsIsToldWhenTheGatewayStops() throws Exception {
        cluster.restartGateway(Map.of("exaone.gateway.stop.patience", "100ms"));
        caller = new Caller(cluster.url(), key);
        serve(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> inEngine.get() == 1);
            Future<HttpResponse<String>> waits = callers.submit(() -> caller.post("/v1/chat/completions", HELLO));
            Awaitility.await().until(() -> waiting() == 1);
            callers.submit(() -> {
                cluster.restartGateway();
                stopped.countDown();
            });
            assertError(waits.get(), 503, "gateway_busy", "null");
            assertThat(first.get().statusCode()).isEqualTo(503);
            goOn.release();
            stopped.await();
        }
    }
}
