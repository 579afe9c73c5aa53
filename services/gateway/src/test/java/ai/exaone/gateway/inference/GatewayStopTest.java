package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.proto.quota.v1.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway that is asked to stop: what runs goes on to its end, and whoever still stands there is served once more. */
@Tag("server")
class GatewayStopTest extends ThroughGateway {
    @Test
    void servesWhoIsThereAndTakesNobodyNew() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            await(goOn);
            reply.event(Answers.finish("stop"));
            reply.chunk("data: [DONE]\n\n");
            reply.endStream();
        });
        HttpResponse<InputStream> stream = caller.open("/v1/chat/completions", STREAM);
        assertThat(stream.body().read()).isEqualTo('d');
        URI address = cluster.url();
        try (RawCaller standing = new RawCaller(address, key)) {
            assertThat(standing.send(standing.head("GET", "/v1/models") + "\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
            Awaitility.await().until(() -> nobodyNewGetsIn(address));
            engine.behave(Answers::words);
            RawCaller.Answer last = standing.send(standing.chat(HELLO)).answer();
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.headers()).containsEntry("connection", "close");
            assertThat(stopped).isNotDone();

            goOn.countDown();
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("data: [DONE]\n\n");
            stopped.get(10, TimeUnit.SECONDS);
        }
        assertThat(recordOf(stream).getOutcome()).isEqualTo(Outcome.OUTCOME_COMPLETED);
    }

    @Test
    void refusesNobodyWhoComesOnAConnectionThatStood() throws Exception {
        engine.behave(Answers::words);
        List<RawCaller> standing = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawCaller one = new RawCaller(cluster.url(), key);
            assertThat(one.send(one.chat(HELLO)).answer().status()).isEqualTo(200);
            standing.add(one);
        }

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
        List<Integer> answered = new ArrayList<>();
        for (RawCaller one : standing) {
            TimeUnit.MILLISECONDS.sleep(20);
            try (one) {
                answered.add(one.send(one.chat(HELLO)).answer().status());
            } catch (IOException closed) {
                // It was told so before it asked: a balancer asks another gateway then.
                assertThat(closed).hasMessageMatching("The connection was closed after: |Broken pipe|Connection reset");
            }
        }
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(answered).isNotEmpty().containsOnly(200).hasSizeLessThan(standing.size());
    }

    @Test
    void saysThatItStopsBeforeItDoes() throws Exception {
        cluster.restartGateway(Map.of("exaone.gateway.stop.delay", "2s"));
        var newcomer = new Caller(cluster.url(), "");
        assertThat(newcomer.get("/health").body()).contains("\"door\":\"up\"");

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> newcomer.get("/health").body().contains("\"door\":\"down\""));
        stopped.get(10, TimeUnit.SECONDS);
    }

    private static boolean nobodyNewGetsIn(URI address) {
        try {
            new RawCaller(address, "").close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("Nobody said to go on");
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }
}
