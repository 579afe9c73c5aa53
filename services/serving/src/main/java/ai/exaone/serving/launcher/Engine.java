package ai.exaone.serving.launcher;

import ai.exaone.serving.deployment.EngineKey;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One engine that was launched or found. Thread-safe. */
public interface Engine {
    /** Its root URL, without {@code /v1} and without a slash at the end. */
    URI url();

    /** The bearer key it asks for. */
    Optional<EngineKey> key();

    /** The model's name at the engine; empty for the public one. */
    String engineModel();

    /** Its process on this machine; 0 where it runs elsewhere. */
    long pid();

    /** Whether it is there. One that runs elsewhere is until it is told to end. */
    boolean alive();

    /** Completes when it is gone. */
    CompletionStage<?> gone();

    /** Why it is gone, in words. */
    String lastWords();

    /** Tells it to end. Returns at once; may be repeated. */
    void end();

    /** Ends it whatever it does. Returns at once; may be repeated. */
    void kill();
}
