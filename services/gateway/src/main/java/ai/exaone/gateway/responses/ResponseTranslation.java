package ai.exaone.gateway.responses;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.chat.AnswerTranslation;
import ai.exaone.gateway.openai.chat.ChatAnswer;
import ai.exaone.gateway.openai.chat.ChatPart;
import ai.exaone.gateway.openai.chat.Thoughts;
import ai.exaone.gateway.responses.ResponseObject.Progress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says the answer to a chat completion as a response, whole or streamed. For one thread. */
public final class ResponseTranslation implements AnswerTranslation {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ResponseRequest request;
    private final ResponseObject response;
    private final Keeping keeping;
    private final ResponseEvents events = new ResponseEvents();
    private final OutputItems items;
    private String finishReason = "stop";
    private Optional<TokenCounts> tokens = Optional.empty();
    private Optional<String> cost = Optional.empty();
    private Thoughts thoughts = Thoughts.NONE;

    /** Keeps a response that is over. */
    public interface Keeping {
        /**
         * Keeps a response.
         *
         * @return whether it is kept
         */
        boolean keep(byte[] response);
    }

    /**
     * @param id {@code resp_…}
     * @param ids makes an id with a prefix
     */
    public ResponseTranslation(
            ResponseRequest request, String id, long createdSeconds, UnaryOperator<String> ids, Keeping keeping) {
        this.request = request;
        this.response = new ResponseObject(request, id, createdSeconds);
        this.keeping = keeping;
        this.items = new OutputItems(events, ids);
    }

    @Override
    public byte[] whole(byte[] completion) {
        ChatAnswer answer = ChatAnswer.of(completion);
        finishReason = answer.finishReason();
        tokens = Optional.of(answer.tokens());
        items.add(new ChatPart(
                answer.content(),
                answer.reasoning(),
                answer.calls(),
                Optional.empty(),
                Optional.empty(),
                answer.logprobs(),
                Optional.empty(),
                Optional.empty()));
        return kept(ended());
    }

    @Override
    public byte[] begin() {
        for (String type : List.of("response.created", "response.in_progress")) {
            events.event(type, json -> {
                json.writeFieldName("response");
                response.write(json, Progress.BEGUN, request.store());
            });
        }
        return events.taken();
    }

    @Override
    public byte[] part(byte[] data) {
        ChatPart part = ChatPart.of(data);
        thoughts = thoughts.plus(part.thoughts());
        items.add(part);
        part.finishReason().ifPresent(reason -> finishReason = reason);
        part.tokens().ifPresent(counted -> tokens = Optional.of(counted));
        cost = part.cost().or(() -> cost);
        return events.taken();
    }

    @Override
    public byte[] keepAlive() {
        return COMMENT.clone();
    }

    @Override
    public byte[] end() {
        tokens = tokens.map(thoughts::in);
        Progress ended = ended();
        byte[] last = kept(ended);
        events.event("response." + ended.status(), json -> {
            json.writeFieldName("response");
            json.writeRawValue(new String(last, StandardCharsets.UTF_8));
        });
        return events.taken();
    }

    @Override
    public byte[] failure(OpenAiError error) {
        Progress failed =
                new Progress("failed", items.close("incomplete"), tokens, cost, Optional.empty(), Optional.of(error));
        events.event("response.failed", json -> {
            json.writeFieldName("response");
            response.write(json, failed, false);
        });
        return events.taken();
    }

    private Progress ended() {
        Optional<String> incomplete = switch (finishReason) {
            case "length" -> Optional.of("max_output_tokens");
            case "content_filter" -> Optional.of("content_filter");
            default -> Optional.empty();
        };
        String status = incomplete.isPresent() ? "incomplete" : OutputItems.COMPLETED;
        return new Progress(status, items.close(status), tokens, cost, incomplete, Optional.empty());
    }

    /** The response as it is given out: it says itself whether it was kept. */
    private byte[] kept(Progress ended) {
        if (request.store()) {
            byte[] stored = Json.write(json -> response.write(json, ended, true));
            if (keeping.keep(stored)) {
                return stored;
            }
        }
        return Json.write(json -> response.write(json, ended, false));
    }
}
