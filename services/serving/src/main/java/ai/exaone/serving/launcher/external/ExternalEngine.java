package ai.exaone.serving.launcher.external;

import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.launcher.Engine;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An engine that somebody else runs: to end it is to leave it alone. */
public final class ExternalEngine implements Engine {
    private final URI url;
    private final Launch.Elsewhere launch;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /**
     * @param index which of the launch's URLs
     */
    public ExternalEngine(Launch.Elsewhere launch, int index) {
        this.launch = launch;
        this.url = URI.create(launch.urls().get(index));
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Optional<EngineKey> key() {
        return launch.key();
    }

    @Override
    public String engineModel() {
        return launch.engineModel();
    }

    @Override
    public long pid() {
        return 0;
    }

    @Override
    public boolean alive() {
        return !gone.isDone();
    }

    @Override
    public CompletionStage<?> gone() {
        return gone;
    }

    @Override
    public String lastWords() {
        return "It is not used any more.";
    }

    @Override
    public void end() {
        gone.complete(null);
    }

    @Override
    public void kill() {
        end();
    }
}
