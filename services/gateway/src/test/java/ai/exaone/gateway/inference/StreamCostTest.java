package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What streamed calls cost, as callers are told it through a real gateway. */
@Tag("server")
class StreamCostTest extends ThroughGateway {
    private static final String COUNTED =
            STREAM.replace("{\"model\"", "{\"stream_options\":{\"include_usage\":true},\"model\"");
    /** Of the seven tokens of input and three of output that the engine counts. */
    private static final String COST = "\"cost_krw\":\"0.01234\"";

    @BeforeEach
    void price() {
        cluster.quota.price(1_234);
    }

    @Test
    void isSaidInTheUsageOfThoseWhoAskedForIt() throws Exception {
        String usage = Answers.usage(7, 3).replace("}}", "," + COST + "}}");

        assertThat(stream(COUNTED)).endsWith(event(Answers.finish("stop")) + event(usage) + event("[DONE]"));
        assertThat(stream(STREAM)).doesNotContain("cost_krw", "usage");
    }

    @Test
    void isNotSaidOfWhatIsFree() throws Exception {
        cluster.quota.price(0);

        assertThat(stream(COUNTED)).endsWith(event(Answers.usage(7, 3)) + event("[DONE]"));
    }

    @Test
    void isSaidOfTextCompletions() throws Exception {
        var route = InMemoryServing.chat("text", List.of(engine.url()));
        route.getProfileBuilder().setCompletions(true);
        cluster.serving.put(route.build());

        assertThat(caller.post(
                                "/v1/completions",
                                "{\"model\":\"text\",\"prompt\":\"hi\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                        .body())
                .contains(COST);
    }

    @Test
    void isSaidWithTheCountThatIsOurs() throws Exception {
        behave(event(Answers.part("one")) + event(Answers.finish("stop")) + event("[DONE]"));

        assertThat(stream(COUNTED)).containsPattern("\"cost_krw\":\"0[.][0-9]+\"}}\n\ndata: \\[DONE]\n\n$");
    }

    @Test
    void isSaidWhereAnAnswerIsMapped() throws Exception {
        var route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getReplicasBuilder(0).setEngineModel("stub");
        cluster.serving.put(route.build());

        assertThat(stream(COUNTED)).contains(COST, "\"model\":\"chat\"").doesNotContain("\"model\":\"stub\"");
    }

    @Test
    void contentIsNeverKeptBackForIt() throws Exception {
        String late = event(Answers.part("late"));
        String counting = Answers.part("last").replace("null}]}", "\"stop\"}],\"usage\":{\"prompt_tokens\":7}}");

        behave(event(Answers.usage(7, 3)) + late + event(Answers.usage(7, 4)) + late + event("[DONE]"));
        assertThat(stream(COUNTED))
                .isEqualTo(event(Answers.usage(7, 3)) + late + event(Answers.usage(7, 4)) + late + event("[DONE]"));
        behave(late + event(counting) + event("[DONE]"));
        assertThat(stream(COUNTED)).isEqualTo(late + event(counting) + event("[DONE]"));
    }

    @Test
    void isSaidInALastPartWithoutWords() throws Exception {
        String counts = "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3";
        String last = Answers.finish("stop").replace("]}", "]," + counts + "}}");
        String said = last.replace(counts, counts + "," + COST);
        behave(event(Answers.part("one")) + event(last) + event("[DONE]"));

        assertThat(stream(COUNTED)).isEqualTo(event(Answers.part("one")) + event(said) + event("[DONE]"));
        assertThat(stream(STREAM)).isEqualTo(event(Answers.part("one")) + event(last) + event("[DONE]"));
        // One that counts on the way and at its end has the cost where it is certain that there is no more.
        behave(event(last) + event(Answers.usage(7, 3)) + event("[DONE]"));
        assertThat(stream(COUNTED)).startsWith(event(last)).contains(COST + "}}\n\ndata: [DONE]");
    }

    @Test
    void slowBooksKeepOnlyTheCountWaiting() throws Exception {
        String content = event(Answers.part("one")) + event(Answers.finish("stop"));
        behave(content + event(Answers.usage(7, 3)) + event("[DONE]"));

        // Books that are not closed in time say no cost: on a busy machine that may happen once, and not again and
        // again.
        Awaitility.await().until(() -> {
            CountDownLatch closed = new CountDownLatch(1);
            cluster.quota.whenSettled(settlement -> await(closed));
            try (var socket = caller.socket("/v1/chat/completions", COUNTED)) {
                String before = read(socket.getInputStream(), Answers.finish("stop"));
                assertThat(before).contains(Answers.part("one")).doesNotContain("usage", "[DONE]");
                closed.countDown();
                return read(socket.getInputStream(), "[DONE]").contains(COST);
            } finally {
                closed.countDown();
            }
        });
    }

    @Test
    void booksThatDoNotCloseInTimeAreNotWaitedFor() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        cluster.quota.whenSettled(settlement -> await(over));
        try {
            assertThat(stream(COUNTED)).endsWith(event(Answers.usage(7, 3)) + event("[DONE]"));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aStreamThatIsCutAfterItsCountEndsWithAnError() throws Exception {
        behave(event(Answers.part("one")) + event(Answers.usage(7, 3)));

        assertThat(stream(COUNTED))
                .startsWith(event(Answers.part("one")) + "data: {\"error\":")
                .contains("\"code\":\"answer_cut\"")
                .doesNotContain("cost_krw", "[DONE]");
    }

    private String stream(String body) throws Exception {
        return caller.post("/v1/chat/completions", body).body();
    }

    private void behave(String events) {
        StubEngine.Behaviour behaviour = (request, reply) -> {
            reply.beginStream();
            reply.chunk(events);
            reply.endStream();
        };
        engine.behave(behaviour);
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    /** What comes up to and with some words. */
    private static String read(InputStream answer, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            byte[] piece = new byte[1];
            if (answer.read(piece) < 0) {
                throw new IOException("The answer ended: " + read);
            }
            read.append(new String(piece, StandardCharsets.ISO_8859_1));
        }
        return read.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
