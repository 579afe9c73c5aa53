package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.Leaks;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.LimitKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose connection breaks at every byte of its answer: a caller gets the true answer or a failure, never a part as if it were all. */
@Tag("server")
class GatewayCutsTest {
    private static final String EVENTS = "data: " + Answers.part("one") + "\n\n: still here\n\ndata: "
            + Answers.part(" two") + "\n\ndata: " + Answers.finish("stop") + "\n\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n\r\n";

    @TempDir
    private static Path spool;

    private static StubEngine engine;
    private static StubEngine whole;
    private static GatewayCluster cluster;
    private static String key;

    @BeforeAll
    static void start() {
        engine = StubEngine.start(Answers::words);
        whole = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(spool);
        cluster.quota.leave(1_000_000, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        engine.close();
        assertThat(Leaks.found()).isEmpty();
        whole.close();
    }

    @Test
    void aPlainAnswer() throws Exception {
        route(List.of(engine));
        String body = Answers.chat("one two three");
        String answer = HEAD.formatted("application/json", "Content-Length: " + body.length()) + body;
        String chunked = HEAD.formatted("application/json", "Transfer-Encoding: chunked") + chunk(body.substring(0, 40))
                + chunk(body.substring(40)) + "0\r\n\r\n";
        try (RawCaller raw = new RawCaller(cluster.url(), key)) {
            for (String sent : List.of(answer, chunked)) {
                for (int cut = 0; cut < sent.length(); cut++) {
                    cutAt(sent, cut);
                    RawCaller.Answer got =
                            raw.send(raw.chat(ThroughGateway.HELLO)).answer();
                    assertThat(got.status())
                            .as("cut at %s: %s", cut, got.body())
                            .isEqualTo(503);
                }
            }
        }
    }

    @Test
    void aPlainAnswerWhereAnotherReplicaHasAWholeOne() throws Exception {
        route(List.of(engine, whole));
        String body = Answers.chat("cut");
        String answer = HEAD.formatted("application/json", "Content-Length: " + body.length()) + body;
        try (RawCaller raw = new RawCaller(cluster.url(), key)) {
            for (int cut = 0; cut < answer.length(); cut += 5) {
                cutAt(answer, cut);
                assertThat(raw.send(raw.chat(ThroughGateway.HELLO)).answer().body())
                        .isEqualTo(Answers.chat("one two three"));
            }
        }
    }

    @Test
    void aStream() throws Exception {
        route(List.of(engine));
        String stream = HEAD.formatted("text/event-stream", "Transfer-Encoding: chunked");
        for (int i = 0; i < EVENTS.length(); i += 90) {
            stream += chunk(EVENTS.substring(i, Math.min(EVENTS.length(), i + 90)));
        }
        stream += chunk("data: [DONE]\n\n") + "0\r\n\r\n";
        int done = stream.indexOf("[DONE]\n\n") + 8;
        for (int cut = 0; cut < done; cut++) {
            cutAt(stream, cut);
            try (RawCaller raw = new RawCaller(cluster.url(), key)) {
                RawCaller.Answer got = raw.send(raw.chat(ThroughGateway.STREAM)).answer();
                if (got.status() == 200) {
                    assertHonest(cut, got.body());
                } else {
                    assertThat(got.status()).as("cut at %s", cut).isEqualTo(503);
                }
            }
        }
        for (int cut = done; cut <= stream.length(); cut++) {
            cutAt(stream, cut);
            try (RawCaller raw = new RawCaller(cluster.url(), key)) {
                assertThat(raw.send(raw.chat(ThroughGateway.STREAM)).answer().body())
                        .isEqualTo(EVENTS + "data: [DONE]\n\n");
            }
        }
        Awaitility.await().until(() -> cluster.quota.openHolds().isEmpty());
    }

    /** Whole events of the engine's, in their order and each once, and then the failure. */
    private static void assertHonest(int cut, String body) {
        int failure = body.indexOf("data: {\"error\":");
        assertThat(failure).as("cut at %s: %s", cut, body).isPositive();
        String given = body.substring(0, failure);
        assertThat(EVENTS).startsWith(given);
        assertThat(given).endsWith("\n\n");
        assertThat(body.substring(failure)).contains("\"code\":\"answer_cut\"").endsWith("}\n\n");
    }

    private static void route(List<StubEngine> engines) {
        List<URI> urls = new ArrayList<>();
        engines.forEach(one -> urls.add(one.url()));
        cluster.serving.put(InMemoryServing.chat("chat", urls).build());
    }

    private static void cutAt(String sent, int cut) {
        engine.behave((request, reply) -> {
            reply.raw(sent.substring(0, cut));
            reply.reset();
        });
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
