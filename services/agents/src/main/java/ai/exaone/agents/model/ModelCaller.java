package ai.exaone.agents.model;

import ai.exaone.errors.PlatformException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks models. Thread-safe. */
public final class ModelCaller {
    /** Never resolved: only the path below it reaches the door. */
    private static final String ADDRESS = "http://gateway/v1";

    private final InferenceDoor door;

    public ModelCaller(InferenceDoor door) {
        this.door = door;
    }

    /**
     * Asks a model and waits for the whole answer.
     *
     * @param pieces gets the answer's text as it is made
     * @param cancellation is told how to cancel the call, before anything is waited for
     * @throws PlatformException why there is no answer
     */
    public ChatResponse ask(
            ChatRequest request, InferenceDoor.Terms terms, Consumer<String> pieces, Consumer<Runnable> cancellation) {
        var model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(GatewayHttpClient.builder(new GatewayHttpClient(door, terms, cancellation)))
                .baseUrl(ADDRESS)
                .returnThinking(true)
                .build();
        var collector = new Collector(pieces);
        model.chat(request, collector);
        return collector.answer();
    }

    /** For the one thread that waits for the answer. */
    private static final class Collector implements StreamingChatResponseHandler {
        private final Consumer<String> pieces;
        private Optional<ChatResponse> answer = Optional.empty();
        private Optional<Throwable> failure = Optional.empty();

        Collector(Consumer<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public void onPartialResponse(String piece) {
            pieces.accept(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            answer = Optional.of(complete);
        }

        @Override
        public void onError(Throwable error) {
            failure = failure.or(() -> Optional.of(error));
        }

        ChatResponse answer() {
            if (failure.isPresent()) {
                throw translate(failure.get());
            }
            return answer.orElseThrow(
                    () -> new PlatformException(ModelError.MODEL_ANSWER_INVALID, "The model's answer is empty."));
        }

        private static PlatformException translate(Throwable error) {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                if (cause instanceof PlatformException known) {
                    return known;
                }
            }
            return PlatformException.because(
                            ModelError.MODEL_ANSWER_INVALID, "The model's answer cannot be understood.")
                    .cause(error)
                    .build();
        }
    }
}
