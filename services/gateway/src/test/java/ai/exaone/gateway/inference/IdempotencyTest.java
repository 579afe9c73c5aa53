package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an idempotency key promises, through two real gateways. */
@Tag("server")
class IdempotencyTest extends ThroughTwoGateways {
    @Test
    void answersTheSameAgainOnEveryPathAndEitherGateway() throws Exception {
        Map<String, String> bodies = Map.of(
                CHAT,
                HELLO,
                "/v1/completions",
                "{\"model\":\"chat\",\"prompt\":\"hi\"}",
                "/v1/embeddings",
                "{\"model\":\"vectors\",\"input\":\"hi\"}",
                "/v1/rerank",
                "{\"model\":\"order\",\"query\":\"hi\",\"documents\":[\"ho\"]}",
                "/v1/responses",
                "{\"model\":\"chat\",\"input\":\"hi\"}",
                "/v1/messages",
                ThroughTranslation.MESSAGE,
                "/v1/messages/count_tokens",
                ThroughTranslation.MESSAGE);
        for (Map.Entry<String, String> call : bodies.entrySet()) {
            begin();
            HttpResponse<String> first = caller(here).post(call.getKey(), call.getValue());
            int asked = engine.received().size();
            HttpResponse<String> again = caller(here).post(call.getKey(), call.getValue());
            HttpResponse<String> elsewhere = caller(there).post(call.getKey(), call.getValue());

            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
            for (HttpResponse<String> other : List.of(again, elsewhere)) {
                assertReplayed(first, other);
                assertThat(other.headers().firstValue("x-exaone-token-count"))
                        .isEqualTo(first.headers().firstValue("x-exaone-token-count"));
            }
            assertThat(engine.received()).hasSize(asked);
            if (!call.getKey().endsWith("count_tokens")) {
                assertBilledOnce(List.of(first, again, elsewhere));
            }
        }
    }

    @Test
    void givesAStreamAgainFromItsStartWithWhatItCost() throws Exception {
        here.quota.price(1_000);
        for (Map.Entry<String, String> call : Map.of(
                        CHAT,
                        "{\"stream_options\":{\"include_usage\":true}," + STREAM.substring(1),
                        "/v1/responses",
                        "{\"stream\":true," + ThroughTranslation.RESPONSE.substring(1),
                        "/v1/messages",
                        "{\"stream\":true," + ThroughTranslation.MESSAGE.substring(1))
                .entrySet()) {
            begin();
            HttpResponse<String> first = caller(here).post(call.getKey(), call.getValue());
            HttpResponse<String> again = caller(there).post(call.getKey(), call.getValue());

            assertThat(first.body()).contains("three", "\"cost_krw\":\"0.01\"");
            assertReplayed(first, again);
            assertThat(engine.received()).hasSize(1);
        }
        here.quota.price(0);
    }

    @Test
    void carriesOutOnceWhatManyAskAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        engine.behave((request, reply) -> {
            asked.countDown();
            go.await();
            Answers.words(request, reply);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int caller = 0; caller < 10; caller++) {
                GatewayCluster gateway = caller % 2 == 0 ? here : there;
                Callable<HttpResponse<String>> call = () -> caller(gateway).post(CHAT, STREAM);
                answers.add(callers.submit(call));
            }
            asked.await();
            go.countDown();
            List<HttpResponse<String>> told = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                told.add(answer.get(60, TimeUnit.SECONDS));
            }
            assertThat(told.stream().map(HttpResponse::body).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(told.stream().filter(answer -> isReplayed(answer)).count())
                    .isEqualTo(9);
            assertBilledOnce(told);
        }
        assertThat(engine.received()).hasSize(1);
    }

    @Test
    void goesOnForACallerWhoLeftAndAsksAgain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            if (request.body().contains("without a key")) {
                reply.awaitReaderGone();
            }
            go.await();
            reply.event(Answers.part(" two"));
            reply.event(Answers.usage(7, 2));
            reply.event("[DONE]");
            reply.endStream();
        });
        int abandoned = engine.abandoned();
        beginAndLeave(caller(here).socket(CHAT, STREAM));
        // Whoever leaves later without a key is noticed, so the one before was, too.
        beginAndLeave(plain(here).socket(CHAT, STREAM.replace("hi", "without a key")));
        Awaitility.await().until(() -> engine.abandoned() == abandoned + 1);
        go.countDown();

        HttpResponse<String> again = caller(there).post(CHAT, STREAM);

        assertThat(again.body()).contains("one", " two", "[DONE]");
        assertThat(isReplayed(again)).isTrue();
        assertThat(engine.received()).hasSize(2);
        assertThat(engine.abandoned()).isEqualTo(abandoned + 1);
        assertBilledOnce(List.of(again));
        Awaitility.await().until(() -> here.part(ActiveCalls.class).count() == 0);
    }

    /** Leaves once the answer begins. */
    private static void beginAndLeave(Socket socket) throws IOException {
        try (socket) {
            assertThat(socket.getInputStream().read()).isPositive();
        }
    }

    @Test
    void refusesTheKeyOfAnotherRequest() throws Exception {
        caller(here).post(CHAT, HELLO);

        for (HttpResponse<String> other : List.of(
                caller(there).post(CHAT, HELLO.replace("hi", "ho")),
                caller(here).post("/v1/completions", HELLO),
                caller(here).post(CHAT, HELLO + " "))) {
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body())
                    .contains(key, "\"code\":\"idempotency_key_reused\"", "\"param\":\"Idempotency-Key\"");
            assertThat(other.headers().firstValue("x-should-retry")).contains("false");
        }
        assertThat(engine.received()).hasSize(1);
    }

    @Test
    void aKeyIsItsCallersOwn() throws Exception {
        caller(here).post(CHAT, HELLO);
        String other = here.identity.addKeyOf("key_00000000000000000000000007", TestIds.TENANT, TestIds.PROJECT);

        HttpResponse<String> theirs =
                new Caller(here.url(), other).with("Idempotency-Key", key).post(CHAT, HELLO.replace("hi", "ho"));

        assertThat(theirs.statusCode()).as(theirs.body()).isEqualTo(200);
        assertThat(isReplayed(theirs)).isFalse();
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        for (String malformed : Set.of("a b", "x".repeat(256), "\"")) {
            HttpResponse<String> refused =
                    plain(here).with("Idempotency-Key", malformed).post(CHAT, HELLO);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains(
                            "Idempotency-Key",
                            "\"code\":\"idempotency_key_malformed\"",
                            "\"type\":\"invalid_request_error\"");
        }
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void carriesOutWhatDidNothingBefore() throws Exception {
        assertThat(caller(here).post(CHAT, "{\"model\":\"chat\"}").statusCode()).isEqualTo(400);
        assertThat(caller(here).post("/v1/responses", "{\"background\":true}").statusCode())
                .isEqualTo(400);
        here.quota.leave(0, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        assertThat(caller(here).post(CHAT, HELLO).statusCode()).isEqualTo(429);
        here.quota.leave(1_000_000, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE);
        engine.behave((request, reply) -> reply.json(500, "{}"));
        assertThat(caller(here).post(CHAT, HELLO).statusCode()).isEqualTo(503);
        engine.behave(Answers::words);

        HttpResponse<String> answer = caller(there).post(CHAT, HELLO);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(isReplayed(answer)).isFalse();
        assertReplayed(answer, caller(here).post(CHAT, HELLO));
    }

    @Test
    void repeatsAStreamThatBrokeAsItWasSinceItWasCharged() throws Exception {
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.reset();
        });
        HttpResponse<String> first = caller(here).post(CHAT, STREAM);
        engine.behave(Answers::words);

        assertThat(first.body()).contains("\"code\":\"answer_cut\"");
        assertReplayed(first, caller(there).post(CHAT, STREAM));
    }

    @Test
    void saysSoWhereAResultIsLargerThanIsKept() throws Exception {
        engine.behave((request, reply) -> reply.json(200, Answers.chat("x".repeat(200_000))));
        HttpResponse<String> first = caller(here).post(CHAT, HELLO);

        HttpResponse<String> again = caller(there).post(CHAT, HELLO);

        assertThat(first.body()).hasSizeGreaterThan(200_000);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body())
                .contains("\"code\":\"idempotent_result_not_kept\"")
                .contains(first.headers().firstValue("x-request-id").orElseThrow());
        assertThat(engine.received()).hasSize(1);
    }

    @Test
    void whatAnAgentDidIsNotDoneAgainAlsoWhereItFailed() throws Exception {
        String body = HELLO.replace("\"chat\"", "\"agent/clerk\"");
        here.agents.answer(true, Answers.chat("done"));
        HttpResponse<String> first = caller(here).post(CHAT, body);
        assertThat(first.body()).contains("done");
        there.agents.answer(true, Answers.chat("done again"));
        assertReplayed(first, caller(there).post(CHAT, body));

        begin();
        here.agents.fail();
        HttpResponse<String> failed = caller(here).post(CHAT, body);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertReplayed(failed, caller(there).post(CHAT, body));
    }

    @Test
    void whatTheAgentsRefusedIsAskedAgain() throws Exception {
        String body = HELLO.replace("\"chat\"", "\"agent/clerk\"");
        here.agents.refuse(429);
        assertThat(caller(here).post(CHAT, body).statusCode()).isEqualTo(429);
        here.agents.answer(true, Answers.chat("done"));
        HttpResponse<String> answer = caller(here).post(CHAT, body);
        assertThat(answer.body()).contains("done");
        assertThat(isReplayed(answer)).isFalse();
    }

    @Test
    void readingAndDeletingIgnoreTheKey() throws Exception {
        assertThat(caller(here).get("/v1/models").body())
                .isEqualTo(plain(here).get("/v1/models").body());
        assertThat(caller(here).send("DELETE", "/v1/responses/resp_1").statusCode())
                .isEqualTo(404);
        assertThat(caller(here).get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void countsWhatBecameOfKeys() throws Exception {
        caller(here).post(CHAT, HELLO);
        caller(here).post(CHAT, HELLO);
        Awaitility.await()
                .untilAsserted(() -> assertThat(plain(here).get("/metrics").body())
                        .contains("exaone_gateway_idempotency_keys_total{use=\"kept\"}")
                        .contains("exaone_gateway_idempotency_keys_total{use=\"replayed\"}"));
    }

    /** Of all that were told the same, one was charged. */
    private static void assertBilledOnce(List<HttpResponse<String>> told) {
        Set<String> carriedOut = told.stream()
                .map(answer -> answer.headers()
                        .firstValue("x-exaone-first-request-id")
                        .or(() -> answer.headers().firstValue("x-request-id"))
                        .orElseThrow())
                .collect(Collectors.toSet());
        assertThat(carriedOut).hasSize(1);
        String first = carriedOut.iterator().next();
        UsageRecord record = Awaitility.await()
                .until(() -> recordOf(first), Optional::isPresent)
                .orElseThrow();
        assertThat(record.getInputTokens()).isPositive();
        assertThat(told.stream()
                        .map(answer ->
                                answer.headers().firstValue("x-request-id").orElseThrow())
                        .filter(id -> !id.equals(first))
                        .filter(id -> recordOf(id).isPresent()))
                .isEmpty();
    }

    private static boolean isReplayed(HttpResponse<?> answer) {
        return answer.headers().firstValue(REPLAYED).filter("true"::equals).isPresent();
    }

    private static void assertReplayed(HttpResponse<String> first, HttpResponse<String> again) {
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(isReplayed(again)).isTrue();
        assertThat(again.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(again.headers().firstValue("x-exaone-first-request-id"))
                .isEqualTo(first.headers().firstValue("x-request-id"));
        assertThat(again.headers().firstValue("x-request-id"))
                .isNotEqualTo(first.headers().firstValue("x-request-id"));
    }
}
