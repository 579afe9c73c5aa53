package ai.exaone.standalone.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What answers chats. */
public sealed interface ChatEngine {
    /** The small model that comes along: it proves the platform, not answers. */
    record Embedded() implements ChatEngine {}

    /** A model of the operator's own, served by the embedded engine. */
    record ModelFile(Path gguf) implements ChatEngine {}

    /** An OpenAI-compatible endpoint that runs already. */
    record External(URI url, Optional<Path> keyFile) implements ChatEngine {}
}
