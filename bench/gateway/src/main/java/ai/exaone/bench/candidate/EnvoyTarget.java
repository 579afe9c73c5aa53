package ai.exaone.bench.candidate;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Envoy with its key filter, a local limit of requests and an access log. */
public final class EnvoyTarget implements Target {
    private static final int PORT_OFFSET = 2;

    private final Ground ground;
    private final Path program;
    private @Nullable ChildProcess process;

    /** @param program Envoy's own, not a script around it: its process is measured */
    public EnvoyTarget(Ground ground, Path program) {
        this.ground = ground;
        this.program = program;
    }

    @Override
    public String name() {
        return "envoy";
    }

    @Override
    public Endpoint start() throws UnavailableException, InterruptedException {
        int port = ground.firstPort() + PORT_OFFSET;
        Path configuration = ground.configuration(name(), "envoy.yaml", port);
        ChildProcess started = ChildProcess.start(
                List.of(
                        program.toString(),
                        "--config-path",
                        configuration.toString(),
                        "--concurrency",
                        Integer.toString(ground.workers()),
                        "--disable-hot-restart",
                        "--log-level",
                        "warn"),
                Map.of(),
                ground.folder(name()).resolve("envoy.log"));
        process = started;
        Endpoint endpoint = new Endpoint(
                name(),
                URI.create("http://127.0.0.1:" + port + "/v1"),
                Ground.PEER_KEY,
                Map.of(Endpoint.GATEWAY, List.of(started.pid())));
        Probe.await(endpoint, ground.models(), started::isAlive, started.log());
        return endpoint;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
