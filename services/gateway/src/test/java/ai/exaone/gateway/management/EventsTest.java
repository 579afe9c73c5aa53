package ai.exaone.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.fakes.Leaks;
import ai.exaone.proto.agents.v1.OutputDelta;
import ai.exaone.proto.agents.v1.RunEvent;
import ai.exaone.proto.agents.v1.WatchRunRequest;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import ai.exaone.rpc.RpcError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's events over HTTP, from a real server stream. */
@Tag("server")
class EventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "/api/v1/tenants/%s/projects/%s/runs/run_01j9zzzzzzzzzzzzzzzzzzzzzz/events"
            .formatted(ManagementCluster.TENANT, ManagementCluster.PROJECT);
    private static ManagementCluster cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = ManagementCluster.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void signIn() {
        cluster.signIn("run.read", "project.read");
        cluster.runs.left.clear();
    }

    @Test
    void aProjectThatIsNotTheTenantsIsUnknownBeforeAnyServiceIsAsked() throws Exception {
        String unknown = EVENTS.replace(ManagementCluster.PROJECT, "prj_01j9yyyyyyyyyyyyyyyyyyyyyy");
        assertThat(cluster.get(unknown).statusCode()).isEqualTo(404);
    }

    @Test
    void messagesAreEventsNamedByTheirCase() throws Exception {
        cluster.runs.script((request, stream) -> {
            stream.onNext(event(1));
            stream.onNext(WatchRunResponse.newBuilder()
                    .setSequence(1)
                    .setOutputDelta(OutputDelta.newBuilder().setContent("안녕\n"))
                    .build());
            stream.onCompleted();
        });
        HttpResponse<String> answer = cluster.get(EVENTS);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        String[] events = answer.body().split("\n\n");
        assertThat(events).hasSize(2);
        assertThat(events[0]).startsWith("event: runEvent\nid: 1\ndata: {\"sequence\":\"1\",");
        assertThat(events[1]).startsWith("event: outputDelta\nid: 1\ndata: ");
        assertThat(JSON.readTree(events[1].substring(events[1].indexOf('{')))
                        .path("outputDelta")
                        .path("content")
                        .asText())
                .isEqualTo("안녕\n");
    }

    @Test
    void eachEventArrivesWhenItIsSentWhateverTheClientCouldUnpack() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        cluster.runs.script((request, stream) -> {
            stream.onNext(event(1));
            await(read);
            stream.onNext(event(2));
            stream.onCompleted();
        });
        HttpRequest request = cluster.asPerson(EVENTS)
                .header("Accept-Encoding", "gzip, deflate, br")
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("event: runEvent");
            assertThat(lines.readLine()).isEqualTo("id: 1");
            read.countDown();
            assertThat(lines.lines().filter(line -> line.equals("id: 2"))).hasSize(1);
        }
    }

    @Test
    void aStreamIsResumedAfterTheLastEventSeen() throws Exception {
        cluster.runs.script((request, stream) -> {
            stream.onNext(event(request.getAfterSequence() + 1));
            stream.onCompleted();
        });
        assertThat(cluster.send(cluster.asPerson(EVENTS).header("Last-Event-ID", "41"))
                        .body())
                .contains("id: 42\n");
        assertThat(cluster.get(EVENTS + "?afterSequence=6").body()).contains("id: 7\n");
        assertThat(cluster.send(cluster.asPerson(EVENTS + "?afterSequence=6").header("Last-Event-ID", "9"))
                        .body())
                .as("a browser that connects again repeats the first address")
                .contains("id: 10\n");
        assertThat(cluster.send(cluster.asPerson(EVENTS).header("Last-Event-ID", "x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRefusalBeforeTheFirstEventIsAProblemLikeAnyOther() throws Exception {
        cluster.runs.script((request, stream) -> {
            throw new PlatformException(RpcError.RESOURCE_NOT_FOUND, "There is no such run.");
        });
        HttpResponse<String> answer = cluster.get(EVENTS);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void aFailureAfterwardsIsTheLastEvent() throws Exception {
        cluster.runs.script((request, stream) -> {
            stream.onNext(event(1));
            stream.onError(new IllegalStateException("password=hunter2"));
        });
        HttpResponse<String> answer = cluster.get(EVENTS);
        assertThat(answer.statusCode()).isEqualTo(200);
        String last = answer.body().split("\n\n")[1];
        assertThat(last).startsWith("event: error\ndata: {").doesNotContain("hunter2");
        JsonNode problem = JSON.readTree(last.substring(last.indexOf('{')));
        assertThat(problem.path("status").asInt()).isEqualTo(500);
        assertThat(answer.headers().firstValue("x-request-id"))
                .hasValue(problem.path("requestId").asText());
    }

    @Test
    void aStreamThatIsSilentIsOpenAllTheSame() throws Exception {
        cluster.runs.script((request, stream) -> {});
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    http.send(cluster.asPerson(EVENTS).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            answer.body().close();
        }
        assertThat(cluster.runs.left.poll(60, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aClientThatLeavesEndsTheCall() throws Exception {
        cluster.runs.script((request, stream) -> stream.onNext(event(1)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    http.send(cluster.asPerson(EVENTS).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.body().read()).isEqualTo('e');
            answer.body().close();
        }
        WatchRunRequest left = cluster.runs.left.poll(60, TimeUnit.SECONDS);
        assertThat(left).isNotNull();
    }

    /** Messages of 64 KiB for a client that reads nothing: the service is not asked for more than the sockets hold. */
    @Test
    void aSlowClientHoldsTheServiceBack() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        WatchRunResponse large = WatchRunResponse.newBuilder()
                .setSequence(1)
                .setOutputDelta(OutputDelta.newBuilder().setContent("x".repeat(64 * 1024)))
                .build();
        cluster.runs.script((request, stream) -> stream.setOnReadyHandler(() -> send(stream, large, sent)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    http.send(cluster.asPerson(EVENTS).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.body().read()).isEqualTo('e');
            Awaitility.await().during(Duration.ofSeconds(1)).until(sent::get, now -> now == sent.get() && now < 1000);
            int held = sent.get();
            answer.body().readNBytes(64 * 1024 * (held + 10));
            assertThat(sent.get()).isGreaterThan(held);
            answer.body().close();
        }
    }

    /** Events keep coming while each client leaves: some are always between the service and the connection. */
    @Test
    void clientsThatLeaveInTheMiddleLeaveNoBufferBehind() throws Exception {
        cluster.runs.script(
                (request, stream) -> stream.setOnReadyHandler(() -> send(stream, event(1), new AtomicInteger())));
        for (int client = 0; client < 100; client++) {
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<InputStream> answer =
                        http.send(cluster.asPerson(EVENTS).build(), HttpResponse.BodyHandlers.ofInputStream());
                assertThat(answer.body().readNBytes(1000 * (client % 10))).isNotNull();
                answer.body().close();
            }
            assertThat(cluster.runs.left.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(Leaks.found()).isEmpty();
    }

    private static void send(
            ServerCallStreamObserver<WatchRunResponse> stream, WatchRunResponse message, AtomicInteger sent) {
        while (stream.isReady() && sent.get() < 2000) {
            sent.incrementAndGet();
            stream.onNext(message);
        }
    }

    private static WatchRunResponse event(long sequence) {
        return WatchRunResponse.newBuilder()
                .setSequence(sequence)
                .setRunEvent(RunEvent.newBuilder().setSequence(sequence))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
