package ai.exaone.gateway.responses;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.Span;
import ai.exaone.store.StoredTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Responses from request to what is kept of them. Reads and writes the store, so it may block. Thread-safe. */
public final class Responses {
    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
    private static final int LONGEST_TURN = 12 << 20;
    private static final long LONGEST_CONVERSATION = 32L << 20;

    private final ResponseStore store;
    private final UnaryOperator<String> ids;
    private final Clock clock;
    private final Duration retention;

    /**
     * @param ids makes an id with a prefix
     * @param retention how long responses are kept after their conversation last went on
     */
    public Responses(ResponseStore store, UnaryOperator<String> ids, Clock clock, Duration retention) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * A request that is ready to be answered.
     *
     * @param chat the chat completion that answers it
     */
    public record Prepared(byte[] chat, ResponseTranslation translation) {}

    /**
     * Reads a request. Where its response is to be kept and cannot be, it fails here, before anything is spent.
     *
     * @throws PlatformException with an {@link ai.exaone.gateway.openai.OpenAiReason}, a {@link ResponseError} or a {@link
     *     ai.exaone.store.StoreError}
     */
    public Prepared prepare(ProjectScope scope, byte[] body) {
        Instant now = StoredTime.of(clock.instant());
        ResponseRequest request = ResponseRequest.read(body, ids);
        List<JsonValue> history = request.previousId()
                .map(previous -> history(scope, previous, now))
                .orElse(List.of());
        byte[] input = array(request.input());
        if (request.store()) {
            if (input.length > LONGEST_TURN) {
                throw new PlatformException(
                        ResponseError.RESPONSE_TOO_LONG_TO_KEEP,
                        "An input of more than " + LONGEST_TURN + " bytes is not kept: send \"store\": false.");
            }
            store.probe();
        }
        String id = ids.apply("resp");
        ResponseTranslation translation = new ResponseTranslation(
                request,
                id,
                now.getEpochSecond(),
                ids,
                response -> keep(
                        scope,
                        new StoredResponse(id, request.previousId(), input, response, now, now.plus(retention))));
        return new Prepared(request.chat(history), translation);
    }

    /**
     * A response as it was given out.
     *
     * @throws PlatformException RESPONSE_NOT_FOUND
     */
    public byte[] get(ProjectScope scope, String id) {
        return require(scope, id).response();
    }

    /**
     * The items of a response's own turn.
     *
     * @throws PlatformException RESPONSE_NOT_FOUND
     */
    public byte[] inputItems(ProjectScope scope, String id, ItemPage page) {
        return page.of(new JsonItems(require(scope, id).input()).items());
    }

    /**
     * Forgets a response; says so in OpenAI's words.
     *
     * @throws PlatformException RESPONSE_NOT_FOUND
     */
    public byte[] delete(ProjectScope scope, String id) {
        if (!store.delete(scope, id, clock.instant())) {
            throw MySqlResponseStore.notFound(id);
        }
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", "response");
            json.writeBooleanField("deleted", true);
            json.writeEndObject();
        });
    }

    private StoredResponse require(ProjectScope scope, String id) {
        return store.find(scope, id, clock.instant()).orElseThrow(() -> MySqlResponseStore.notFound(id));
    }

    private List<JsonValue> history(ProjectScope scope, String previousId, Instant now) {
        List<JsonValue> items = new ArrayList<>();
        for (StoredResponse turn : store.conversation(scope, previousId, now, LONGEST_CONVERSATION)) {
            items.addAll(new JsonItems(turn.input()).items());
            items.addAll(JsonValue.ofObject(turn.response()).orElseThrow().items("output"));
        }
        return items;
    }

    /** What was generated is given out all the same where it cannot be kept; it says so itself. */
    private boolean keep(ProjectScope scope, StoredResponse response) {
        try {
            store.insert(scope, response);
            return true;
        } catch (PlatformException failed) {
            LOG.warn("{} is not kept", response.id(), failed);
            return false;
        }
    }

    private static byte[] array(List<JsonValue> items) {
        return Json.write(json -> {
            json.writeStartArray();
            for (JsonValue item : items) {
                json.writeRawValue(item.json());
            }
            json.writeEndArray();
        });
    }

    /** A stored array of items. */
    private record JsonItems(byte[] array) {
        List<JsonValue> items() {
            return new JsonValue(array, new Span(0, array.length)).items();
        }
    }
}
