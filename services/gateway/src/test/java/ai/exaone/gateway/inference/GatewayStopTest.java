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
        HttpResponse<InputStream> stream = beginStream(goOn);
        URI address = cluster.url();
        try (RawCaller standing = new RawCaller(address, key)) {
            assertThat(standing.send(standing.head("GET", "/v1/models") + "\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
            Awaitility.await().until(() -> nobodyNewGetsIn(address));
            RawCaller.Answer last = standing.send(standing.chat(HELLO)).answer();
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.headers()).containsEntry("connection", "close");
            assertThat(stopped).isNotDone();

            goOn.countDown();
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("data: [DONE]\n\n");
            stopped.get(60, TimeUnit.SECONDS);
        }
        assertThat(recordOf(stream).getOutcome()).isEqualTo(Outcome.OUTCOME_COMPLETED);
    }

    @Test
    void refusesNobodyWhoComesOnAConnectionThatStood() throws Exception {
        List<RawCaller> early = stand(10);
        List<RawCaller> late = stand(40);
        RawCaller idle = stand(1).getFirst();
        CountDownLatch goOn = new CountDownLatch(1);
        HttpResponse<InputStream> stream = beginStream(goOn);
        URI address = cluster.url();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
        Awaitility.await().until(() -> nobodyNewGetsIn(address));
        // As long as a call runs, goodbye is said to nobody.
        for (RawCaller one : early) {
            assertThat(one.send(one.chat(HELLO)).answer().status()).isEqualTo(200);
            one.close();
        }
        goOn.countDown();
        stream.body().readAllBytes();
        List<Integer> answered = new ArrayList<>();
        for (RawCaller one : late) {
            // The pace of callers: some come before it is said to them, and some afterwards.
            TimeUnit.MILLISECONDS.sleep(20);
            try (one) {
                answered.add(one.send(one.chat(HELLO)).answer().status());
            } catch (IOException closed) {
                // It was told so before it asked: a balancer asks another gateway then.
                assertThat(closed).hasMessageMatching("The connection was closed after: |Broken pipe|Connection reset");
            }
        }
        stopped.get(60, TimeUnit.SECONDS);
        assertThat(answered).allMatch(status -> status == 200);
        assertThat(idle.isClosed()).isTrue();
        idle.close();
    }

    /** Connections that brought a call, and stay. */
    private List<RawCaller> stand(int count) throws IOException {
        List<RawCaller> standing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawCaller one = new RawCaller(cluster.url(), key);
            assertThat(one.send(one.chat(HELLO)).answer().status()).isEqualTo(200);
            standing.add(one);
        }
        return standing;
    }

    /** A call whose answer has begun, and ends when it is to go on; other calls are answered whole. */
    private HttpResponse<InputStream> beginStream(CountDownLatch goOn) throws Exception {
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
        engine.behave(Answers::words);
        return stream;
    }

    @Test
    void saysThatItStopsBeforeItDoes() throws Exception {
        cluster.restartGateway(Map.of("exaone.gateway.stop.delay", "5s"));
        var newcomer = new Caller(cluster.url(), "");
        assertThat(newcomer.get("/health").body()).contains("\"door\":\"up\"");

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(cluster::close);
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> newcomer.get("/health").body().contains("\"door\":\"down\""));
        stopped.get(60, TimeUnit.SECONDS);
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
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IOException("Nobody said to go on");
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }
}
