package ai.exaone.serving.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an installation serves by its own settings.
 *
 * @param python the interpreter with the embedded engines' packages; absent where no engine is launched here
 * @param gguf weights of the installation's own, served by llama.cpp in the place of the built-in chat model
 * @param engineUrl an OpenAI-compatible server that takes the place of the built-in chat model with all models that it lists
 * @param engineKeyFile a file with the bearer key which that server asks for and nothing else
 * @param embedded whether the built-in models are deployed
 */
@ConfigurationProperties("exaone.serving")
public record ServingSettings(
        @Nullable Path python,
        @Nullable Path gguf,
        @Nullable URI engineUrl,
        @Nullable Path engineKeyFile,
        @Bindable(defaultValue = "true") boolean embedded) {
    public ServingSettings {
        if (gguf != null && engineUrl != null) {
            throw new IllegalArgumentException(
                    "exaone.serving.gguf and exaone.serving.engine-url are both set: one takes the place of the chat model");
        }
        if (gguf != null && !Files.isReadable(gguf)) {
            throw new IllegalArgumentException("exaone.serving.gguf cannot be read: " + gguf);
        }
        if (engineKeyFile != null && engineUrl == null) {
            throw new IllegalArgumentException(
                    "exaone.serving.engine-key-file is set without exaone.serving.engine-url");
        }
    }

    public Optional<Path> interpreter() {
        return Optional.ofNullable(python);
    }

    /** What serves chats by these settings. */
    public ChatEngine chatEngine() {
        if (engineUrl != null) {
            return new ChatEngine.Elsewhere(engineUrl.toString(), readKey());
        }
        if (gguf != null) {
            return new ChatEngine.OwnWeights(gguf.toAbsolutePath().normalize());
        }
        return embedded && python != null ? new ChatEngine.BuiltIn() : new ChatEngine.None();
    }

    /** Whether embeddings are served by the built-in model. */
    public boolean embeddings() {
        return embedded && python != null;
    }

    private Optional<String> readKey() {
        if (engineKeyFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(engineKeyFile).strip()).filter(key -> !key.isEmpty());
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "exaone.serving.engine-key-file cannot be read: " + engineKeyFile, failure);
        }
    }
}
