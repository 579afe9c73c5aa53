package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams through a real gateway: cut, stopped, left and slowed. */
@Tag("server")
class GatewayStreamsTest extends ThroughGateway {
    @Test
    void endsACutStreamWithATypedErrorAtEveryByte() throws Exception {
        String whole = "data: " + Answers.part("one") + "\n\ndata: " + Answers.finish("stop") + "\n\ndata: [DONE]\n\n";
        int firstEvent = whole.indexOf("\n\n") + 2;
        for (int cut = firstEvent; cut < whole.length(); cut += 7) {
            String begun = whole.substring(0, cut);
            engine.behave((request, reply) -> {
                reply.beginStream();
                reply.chunk(begun);
                reply.reset();
            });
            HttpResponse<String> answer = caller.post("/v1/chat/completions", STREAM);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("[DONE]").contains("\"code\":\"answer_cut\"");
            assertThat(recordOf(answer).getOutcome()).isEqualTo(Outcome.OUTCOME_UPSTREAM_FAILED);
        }
    }

    @Test
    void endsAStreamThatStopsWithoutItsEndWithATypedError() throws Exception {
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.endStream();
        });

        assertThat(caller.post("/v1/chat/completions", STREAM).body())
                .startsWith("data: " + Answers.part("one"))
                .doesNotContain("[DONE]")
                .contains("\"code\":\"answer_cut\"");
    }

    @Test
    void stopsTheGenerationWhenTheCallerLeavesBeforeTheFirstByte() throws Exception {
        engine.behave((request, reply) -> reply.awaitReaderGone());
        var socket = caller.socket("/v1/chat/completions", STREAM);
        Awaitility.await().until(() -> !engine.received().isEmpty());
        socket.close();

        Awaitility.await().until(() -> engine.abandoned() == 1);
        UsageRecord usage = onlyRecord();
        assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_CLIENT_CLOSED);
        assertThat(usage.getEstimated()).isTrue();
        Awaitility.await().until(() -> cluster.quota.openHolds().isEmpty());
    }

    @Test
    void stopsTheGenerationWhenTheCallerLeavesWithinTheStream() throws Exception {
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        var socket = caller.socket("/v1/chat/completions", STREAM);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        socket.close();

        Awaitility.await().until(() -> engine.abandoned() == 1);
        UsageRecord usage = onlyRecord();
        assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_CLIENT_CLOSED);
        assertThat(usage.getOutputTokens()).isEqualTo(1);
    }

    @Test
    void slowsTheEngineToTheCallersPace() throws Exception {
        long[] sent = new long[1];
        String word = "x".repeat(1000);
        engine.behave((request, reply) -> {
            reply.beginStream();
            for (int i = 0; i < 100_000; i++) {
                reply.event(Answers.part(word));
                sent[0]++;
            }
        });
        try (var socket = caller.socket("/v1/chat/completions", STREAM)) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            long[] before = {-1};
            Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
                boolean still = before[0] == sent[0];
                before[0] = sent[0];
                return still;
            });
            // What fits into the buffers of four sockets, and not more.
            assertThat(sent[0]).isLessThan(60_000);
        }
        Awaitility.await().until(() -> engine.abandoned() == 1);
    }
}
