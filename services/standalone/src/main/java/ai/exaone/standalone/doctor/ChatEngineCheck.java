package ai.exaone.standalone.doctor;

import ai.exaone.serving.deployment.Deployments;
import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.settings.GgufFile;
import ai.exaone.serving.settings.ListedModels;
import ai.exaone.standalone.settings.ChatEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whether what is to answer chats can do so: read and asked as serving itself will. */
public final class ChatEngineCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ChatEngineCheck() {}

    /** Whether a file of weights is one. Nothing else is looked at. */
    static Finding weights(ChatEngine engine) {
        if (!(engine instanceof ChatEngine.ModelFile(Path gguf))) {
            return Finding.good("weights", "no file of this installation's own");
        }
        try {
            var header = GgufFile.read(gguf);
            return Finding.good("weights", header.title().orElse("a model without a title") + " in " + gguf);
        } catch (IOException unusable) {
            return Finding.bad(
                    "weights", "The model in --gguf cannot be served: " + unusable.getMessage() + ": " + gguf);
        }
    }

    /**
     * Whether an endpoint that runs elsewhere answers as it should; good where chats are answered here. Bad is no reason not to
     * start: it is asked again until it does.
     */
    public static Finding endpoint(ChatEngine engine) throws InterruptedException {
        if (!(engine instanceof ChatEngine.External(URI url, Optional<Path> keyFile))) {
            return Finding.good("engines", "chats are answered on this machine");
        }
        try {
            var written = keyFile.isPresent() ? Files.readString(keyFile.get()).strip() : "";
            var key = Optional.of(written).filter(text -> !text.isEmpty()).map(EngineKey::new);
            var models = ListedModels.of(Deployments.root(url.toString()), key, PATIENCE);
            var names = models.stream().map(ListedModels.Listed::name).toList();
            return Finding.good("engines", "chats are answered by " + url + ": " + String.join(", ", names));
        } catch (IOException failure) {
            return Finding.bad(
                    "engines",
                    "The engine at " + url + " does not list its models: " + failure.getMessage()
                            + ". Chats are answered once it does.");
        }
    }
}
