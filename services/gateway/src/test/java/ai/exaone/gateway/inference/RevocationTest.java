package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.proto.quota.v1.Outcome;
import com.google.protobuf.Timestamp;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are taken back or changed while they are used: on every path, at every stage of a call. */
@Tag("server")
class RevocationTest extends ThroughGateway {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private String key;
    private Caller holder;

    @BeforeEach
    void openAStreamThatDoesNotEnd() {
        key = cluster.identity.addKey("key_00000000000000000000000003", List.of(), Optional.empty());
        holder = new Caller(cluster.url(), key);
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        cluster.agents.answer(false, "data: " + Answers.part("one") + "\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/chat/completions | {"stream":true,"model":"chat","messages":[{"role":"user","content":"hi"}]}           | "code":"invalid_api_key"
                    /v1/chat/completions | {"stream":true,"model":"agent/a","messages":[{"role":"user","content":"hi"}]}        | "code":"invalid_api_key"
                    /v1/completions      | {"stream":true,"model":"chat","prompt":"hi"}                                         | "code":"invalid_api_key"
                    /v1/responses        | {"stream":true,"store":false,"model":"chat","input":"hi"}                            | event: response.failed
                    /v1/messages         | {"stream":true,"max_tokens":9,"model":"chat","messages":[{"role":"user","content":"hi"}]} | "type":"authentication_error"
                    """)
    void endsAStreamOnEveryPath(String path, String body, String lastWords) throws Exception {
        offerCompletions();
        try (InputStream stream = holder.open(path, body).body()) {
            assertThat(stream.read()).isPositive();
            cluster.identity.revoke(key);

            assertThat(rest(stream)).contains(lastWords).doesNotContain("[DONE]");
        }
        assertThat(holder.post(path, body).statusCode()).isEqualTo(401);
        assertThat(onlyRecord().getOutcome()).isEqualTo(Outcome.OUTCOME_INTERRUPTED);
        Awaitility.await().until(() -> cluster.part(ActiveCalls.class).count() == 0);
    }

    @Test
    void endsAStreamOfAModelThatTheKeyMayNoLongerCall() throws Exception {
        try (InputStream stream = holder.open("/v1/chat/completions", STREAM).body()) {
            assertThat(stream.read()).isPositive();
            cluster.identity.change(key, changed -> changed.addModels("other"));

            assertThat(rest(stream)).contains("it was changed").doesNotContain("[DONE]");
        }
        assertError(holder.post("/v1/chat/completions", HELLO), 404, "model_not_found", "\"model\"");
    }

    @Test
    void endsAStreamOfAKeyThatMayNoLongerCallModels() throws Exception {
        try (InputStream stream = holder.open("/v1/chat/completions", STREAM).body()) {
            assertThat(stream.read()).isPositive();
            cluster.identity.change(key, changed -> changed.clearScopes().addScopes("usage"));

            assertThat(rest(stream)).contains("it was changed").doesNotContain("[DONE]");
        }
        assertThat(holder.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(403);
    }

    @Test
    void endsAStreamOfAKeyThatExpires() throws Exception {
        try (InputStream stream = holder.open("/v1/chat/completions", STREAM).body()) {
            assertThat(stream.read()).isPositive();
            cluster.identity.change(
                    key, changed -> changed.setExpireTime(Timestamp.newBuilder().setSeconds(1)));

            assertThat(rest(stream)).contains("expired", "\"code\":\"invalid_api_key\"");
        }
        assertError(holder.post("/v1/chat/completions", HELLO), 401, "invalid_api_key", "null");
    }

    @Test
    void letsAStreamGoOnThatTheChangedKeyStillAllows() throws Exception {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            goOn.join();
            reply.event("[DONE]");
            reply.endStream();
        });
        try (InputStream stream = holder.open("/v1/chat/completions", STREAM).body()) {
            assertThat(stream.read()).isPositive();
            cluster.identity.change(key, changed -> changed.addModels("chat").addScopes("usage"));
            goOn.complete(null);

            assertThat(rest(stream)).endsWith("data: [DONE]\n\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/v1/messages", "/v1/messages/count_tokens"})
    void refusesARequestWhoseKeyWasRevokedBeforeItWasWhole(String path) throws Exception {
        String body = "{\"max_tokens\":9,\"model\":\"chat\"," + MESSAGES + "}";
        RawCaller.Answer answer = interrupted(path, body, () -> cluster.identity.revoke(key));

        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(engine.received()).isEmpty();
        Awaitility.await().until(() -> cluster.part(ActiveCalls.class).count() == 0);
    }

    @Test
    void goesByWhatAKeyMayCallWhenARequestIsWhole() throws Exception {
        cluster.serving.put(InMemoryServing.chat("other", List.of(engine.url())).build());
        RawCaller.Answer answer = interrupted(
                "/v1/chat/completions",
                HELLO,
                () -> cluster.identity.change(key, changed -> changed.addModels("other")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("model_not_found");
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void answersARequestDuringWhichOtherKeysChanged() throws Exception {
        engine.behave(Answers::words);
        String other = cluster.identity.addKey("key_00000000000000000000000004", List.of(), Optional.empty());
        RawCaller.Answer answer = interrupted("/v1/chat/completions", HELLO, () -> cluster.identity.revoke(other));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void answersAKeyOfWhichTheLogToldAfterItWasPresentedAlthoughIdentityIsAway() throws Exception {
        engine.behave(Answers::words);
        assertThat(holder.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);
        // As of a new key: its caller may be faster than the log.
        cluster.identity.change(key, same -> same);
        cluster.identity.goAway();

        assertThat(holder.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAKeyThatWasChangedWhileIdentityCannotBeAsked() throws Exception {
        engine.behave(Answers::words);
        assertThat(holder.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);
        cluster.identity.change(key, changed -> changed.addModels("other"));
        cluster.identity.goAway();

        assertError(holder.post("/v1/chat/completions", HELLO), 503, "keys_not_verifiable", "null");
    }

    /** Sends half of a request, lets something happen once its caller was let in, and sends the rest. */
    private RawCaller.Answer interrupted(String path, String body, Runnable happening) throws Exception {
        int before = cluster.identity.exchanges();
        try (RawCaller raw = new RawCaller(cluster.url(), key)) {
            int half = body.length() / 2;
            raw.send(raw.head("POST", path, "Content-Length: " + body.length()) + "\r\n" + body.substring(0, half));
            Awaitility.await().until(() -> cluster.identity.exchanges() > before);
            happening.run();
            return raw.send(body.substring(half)).answer();
        }
    }

    private void offerCompletions() {
        var route = InMemoryServing.chat("chat", List.of(engine.url()));
        route.getProfileBuilder().setCompletions(true);
        cluster.serving.put(route.build());
    }

    private static String rest(InputStream stream) throws Exception {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
