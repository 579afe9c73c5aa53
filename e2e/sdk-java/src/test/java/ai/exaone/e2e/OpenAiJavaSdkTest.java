package ai.exaone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The official OpenAI SDK for Java, unchanged, against a running platform that the environment names. */
class OpenAiJavaSdkTest {
    private static final String MODEL = System.getenv("MODEL");
    private static final OpenAIClient CLIENT = client(System.getenv("OPENAI_API_KEY"));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void aChatIsAnsweredAndStreamed() {
        var answer = CLIENT.chat().completions().create(chat("Say hello.", 16).build());
        assertThat(answer.choices().getFirst().message().content().orElse("")).isNotBlank();
        assertThat(answer.usage().orElseThrow().completionTokens()).isBetween(1L, 16L);

        try (StreamResponse<ChatCompletionChunk> stream = CLIENT.chat()
                .completions()
                .createStreaming(chat("Say hello.", 16).build())) {
            String text = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
            assertThat(text).isNotBlank();
        }
    }

    @Test
    void aToolIsCalled() {
        var parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                        "properties",
                        JsonValue.from(Map.of("city", Map.of("type", "string", "enum", List.of("Seoul", "Busan")))))
                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                .build();
        var weather = ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("get_weather")
                        .parameters(parameters)
                        .build())
                .build();
        var answer = CLIENT.chat()
                .completions()
                .create(chat("What is the weather in Seoul?", 128)
                        .addTool(weather)
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                        .build());

        var call =
                answer.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
        assertThat(call.asFunction().function().name()).isEqualTo("get_weather");
        assertThat(call.asFunction().function().arguments()).containsAnyOf("Seoul", "Busan");
    }

    @Test
    void textsAreEmbedded() {
        var answer = CLIENT.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(System.getenv("EMBEDDING_MODEL"))
                        .input("Hello")
                        .build());
        assertThat(answer.data().getFirst().embedding()).isNotEmpty();
    }

    @Test
    void aResponseIsAnsweredReadDeletedAndStreamed() {
        Response response = CLIENT.responses().create(response());
        assertThat(response.output()).isNotEmpty();
        assertThat(CLIENT.responses().retrieve(response.id()).output()).isEqualTo(response.output());
        CLIENT.responses().delete(response.id());
        assertThatThrownBy(() -> CLIENT.responses().retrieve(response.id())).isInstanceOf(NotFoundException.class);

        try (StreamResponse<ResponseStreamEvent> stream = CLIENT.responses().createStreaming(response())) {
            List<ResponseStreamEvent> events = stream.stream().toList();
            assertThat(events.getFirst().isCreated()).isTrue();
            assertThat(events.getLast().isCompleted() || events.getLast().isIncomplete())
                    .isTrue();
            assertThat(events).anyMatch(ResponseStreamEvent::isOutputTextDelta);
        }
    }

    @Test
    void failuresHaveTheirClasses() {
        assertThatThrownBy(() -> CLIENT.chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("no-such-model")
                                .addUserMessage("x")
                                .build()))
                .isInstanceOf(NotFoundException.class);
        OpenAIClient stranger = client("wrong");
        assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(System.getenv("EXAONE_BASE_URL") + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofMinutes(3))
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String text, long tokens) {
        return ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage(text)
                .temperature(0.0)
                .maxCompletionTokens(tokens);
    }

    private static ResponseCreateParams response() {
        return ResponseCreateParams.builder()
                .model(MODEL)
                .input("Say hello.")
                .temperature(0.0)
                .maxOutputTokens(16)
                .build();
    }
}
