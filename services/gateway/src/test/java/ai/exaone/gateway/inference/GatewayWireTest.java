package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.Leaks;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP itself, by hand: what a connection of a caller and one of an engine do, and what they must not. */
@Tag("server")
class GatewayWireTest {
    private static final String HELLO = ThroughGateway.HELLO;
    private static final String STREAM = ThroughGateway.STREAM;

    @TempDir
    private static Path spool;

    private static StubEngine engine;
    private static GatewayCluster cluster;
    private static String key;

    @BeforeAll
    static void start() {
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(spool);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        engine.close();
        assertThat(Leaks.found()).isEmpty();
    }

    @BeforeEach
    void words() {
        engine.behave(Answers::words);
        engine.received().clear();
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
    }

    private static RawCaller caller() throws IOException {
        return new RawCaller(cluster.url(), key);
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (RawCaller raw = caller()) {
            String models = raw.head("GET", "/v1/models") + "\r\n";
            String health = raw.head("GET", "/health") + "\r\n";
            raw.send(raw.chat(HELLO) + models + health + health + raw.chat(STREAM) + health + models + raw.chat("{"));

            assertThat(raw.answer().body()).contains("one two three");
            assertThat(raw.answer().body()).contains("\"object\":\"list\"");
            assertThat(raw.answer().body()).contains("\"parts\"");
            assertThat(raw.answer().body()).contains("\"parts\"");
            assertThat(raw.answer().body()).endsWith("data: [DONE]\n\n");
            assertThat(raw.answer().body()).contains("\"parts\"");
            assertThat(raw.answer().body()).contains("\"object\":\"list\"");
            assertThat(raw.answer().body()).contains("invalid_json");
        }
    }

    @Test
    void answersManyPipelinedRequestsOfOneRead() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO).repeat(50));
            for (int i = 0; i < 50; i++) {
                assertThat(raw.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void asksForTheBodyOfThoseWhoWaitToBeAsked() throws Exception {
        try (RawCaller raw = caller()) {
            String request = raw.chat(HELLO, "Expect: 100-continue");
            int body = request.indexOf("\r\n\r\n") + 4;
            raw.send(request.substring(0, body));
            assertThat(raw.answer().status()).isEqualTo(100);
            raw.send(request.substring(body));
            assertThat(raw.answer().status()).isEqualTo(200);
        }
        try (RawCaller raw = new RawCaller(cluster.url(), "exk_wrong")) {
            String request = raw.chat(HELLO, "Expect: 100-continue");
            raw.send(request.substring(0, request.indexOf("\r\n\r\n") + 4));
            assertThat(raw.answer().status()).isEqualTo(401);
        }
    }

    @Test
    void speaksTheOldVersionToo() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(STREAM).replace("HTTP/1.1", "HTTP/1.0"));
            RawCaller.Answer answer = raw.answer();
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            assertThat(raw.isClosed()).isTrue();
        }
        try (RawCaller raw = caller()) {
            String request = raw.chat(HELLO, "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0");
            raw.send(request);
            assertThat(raw.answer().headers()).containsEntry("connection", "keep-alive");
            raw.send(request);
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void closesForThoseWhoAskForIt() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO, "Connection: close"));
            assertThat(raw.answer().headers()).containsEntry("connection", "close");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void takesABodyInChunks() throws Exception {
        try (RawCaller raw = caller()) {
            String head = raw.head("POST", "/v1/chat/completions", "Transfer-Encoding: chunked") + "\r\n";
            raw.send(head);
            for (char character : HELLO.toCharArray()) {
                raw.send("1\r\n" + character + "\r\n");
            }
            raw.send("0\r\n\r\n");
            assertThat(raw.answer().status()).isEqualTo(200);
            assertThat(engine.received().getLast().body()).endsWith(HELLO.substring(1));
        }
    }

    @Test
    void answersHeadsWithoutBodies() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.head("HEAD", "/v1/models") + "\r\n");
            RawCaller.Answer answer = raw.head();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Integer.parseInt(answer.headers().get("content-length"))).isPositive();
            raw.send(raw.chat(HELLO));
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void goesOnAfterARefusal() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO).replace("exk_", "exk_wrong"));
            assertThat(raw.answer().status()).isEqualTo(401);
            raw.send(raw.chat(HELLO));
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 5",
                "Content-Length: 5|Content-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length : 5",
                "Content-Length: -1",
                "Content-Length: +5",
                "Content-Length: 5x",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked",
                "X-Odd\u0000: a",
                "X Odd: a",
                ": a"
            })
    void refusesWhatCouldBeReadInTwoWays(String headers) throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(
                    raw.head("POST", "/v1/chat/completions", headers.split("\\|")) + "\r\n0\r\n\r\n" + raw.chat(HELLO));

            assertThat(raw.answer().status()).isEqualTo(400);
            assertThat(raw.isClosed()).isTrue();
        }
        assertThat(engine.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5;\n12345\r\n", "5\r\n123456\r\n", "-1\r\n", "ffffffffffffffffff\r\n"})
    void refusesChunksThatAreNone(String chunk) throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.head("POST", "/v1/chat/completions", "Transfer-Encoding: chunked") + "\r\n" + chunk);

            assertThat(raw.answer().status()).isEqualTo(400);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void boundsHeads() throws Exception {
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO, "X-Long: " + "x".repeat(40_000)));
            assertThat(raw.answer().status()).isBetween(400, 499);
        }
    }

    @Test
    void relaysALongBodyAndALongAnswer() throws Exception {
        String image = "x".repeat(20 << 20);
        String answer = Answers.chat("y".repeat(5 << 20));
        engine.behave((request, reply) -> reply.json(200, answer));
        Caller caller = new Caller(cluster.url(), key);

        String got =
                caller.post("/v1/chat/completions", HELLO.replace("hi", image)).body();

        assertThat(got.equals(answer)).as("%.200s", got).isTrue();
        assertThat(engine.received()
                        .getLast()
                        .body()
                        .endsWith(HELLO.substring(1).replace("hi", image)))
                .isTrue();
    }

    @Test
    void breaksOffALongAnswerThatIsCut() throws Exception {
        engine.behave((request, reply) -> {
            reply.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n{");
            reply.raw("x".repeat(1_000_000));
        });
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO));
            assertThat(catchThrowable(raw::answer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void usesAnEnginesConnectionAgain() throws Exception {
        engine.behave((request, reply) -> reply.jsonAndStay(Answers.chat("hello")));
        int before = engine.connections();
        try (RawCaller raw = caller()) {
            for (int i = 0; i < 10; i++) {
                assertThat(raw.send(raw.chat(HELLO)).answer().status()).isEqualTo(200);
            }
        }
        assertThat(engine.connections()).isEqualTo(before + 1);
    }

    @Test
    void asksOnceMoreWhereAWaitingConnectionWasLost() throws Exception {
        try (RawCaller raw = caller()) {
            engine.behave((request, reply) -> reply.jsonAndStay(Answers.chat("hello")));
            raw.send(raw.chat(HELLO)).answer();
            engine.behave((request, reply) -> {
                engine.behave(Answers::words);
                reply.reset();
            });
            assertThat(raw.send(raw.chat(HELLO)).answer().body()).contains("one two three");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"stolen\":\"\"}",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "x"
            })
    void neverUsesAConnectionAgainThatDeliversMoreThanWasAskedFor(String surplus) throws Exception {
        engine.behave((request, reply) -> {
            String answer = Answers.chat("hello");
            reply.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length()
                    + "\r\n\r\n" + answer + surplus);
            engine.behave(Answers::words);
            reply.awaitReaderGone();
        });
        try (RawCaller raw = caller()) {
            assertThat(raw.send(raw.chat(HELLO)).answer().body()).contains("hello");
            assertThat(raw.send(raw.chat(HELLO)).answer().body()).contains("one two three");
        }
    }

    @Test
    void passesNoHeaderThatIsNotNamed() throws Exception {
        engine.behave((request, reply) -> reply.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer: secret\r\nSet-Cookie: a=b\r\nX-Request-Id: theirs\r\n"
                        + "Connection: close\r\nContent-Length: 2\r\n\r\n{}"));
        try (RawCaller raw = caller()) {
            raw.send(raw.chat(HELLO, "Cookie: a=b", "X-Forwarded-For: 1.2.3.4", "traceparent: 00-1-2-01"));
            RawCaller.Answer answer = raw.answer();

            assertThat(answer.headers())
                    .containsOnlyKeys(
                            "content-type",
                            "content-length",
                            "date",
                            "x-request-id",
                            "x-exaone-overhead-ms",
                            "x-ratelimit-limit-requests",
                            "x-ratelimit-remaining-requests",
                            "x-ratelimit-reset-requests");
            assertThat(answer.headers().get("x-request-id")).startsWith("req_").doesNotContain("|");
            assertThat(answer.headers().get("x-exaone-overhead-ms")).matches("[0-9]+\\.[0-9]{3}");
            assertThat(engine.received().getLast().headers())
                    .containsOnlyKeys(
                            "host",
                            "authorization",
                            "content-type",
                            "content-length",
                            "accept",
                            "x-request-id",
                            "traceparent")
                    .containsEntry("x-request-id", answer.headers().get("x-request-id"));
        }
    }

    @Test
    void leavesTheEngineWhenManyCallersLeave() throws Exception {
        int before = engine.abandoned();
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        List<RawCaller> callers = IntStream.range(0, 50)
                .mapToObj(i -> {
                    try {
                        RawCaller raw = caller();
                        return raw.send(raw.chat(STREAM));
                    } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .toList();
        Awaitility.await().until(() -> engine.received().size() == 50);
        for (RawCaller raw : callers) {
            raw.close();
        }
        Awaitility.await().until(() -> engine.abandoned() == before + 50);
        Awaitility.await().until(() -> cluster.quota.openHolds().isEmpty());
        Awaitility.await().until(() -> cluster.part(ActiveCalls.class).count() == 0);
    }
}
