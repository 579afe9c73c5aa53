package ai.exaone.bench.candidate;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** nginx with a map of keys, a limit of requests, an access log and connections kept open: the least that a proxy can cost. */
public final class NginxTarget implements Target {
    private static final int PORT_OFFSET = 1;

    private final Ground ground;
    private @Nullable ChildProcess process;

    public NginxTarget(Ground ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Endpoint start() throws UnavailableException, InterruptedException {
        int port = ground.firstPort() + PORT_OFFSET;
        Path configuration = ground.configuration(name(), "nginx.conf", port);
        Path folder = ground.folder(name());
        ChildProcess started = ChildProcess.start(
                List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()),
                Map.of(),
                folder.resolve("nginx.log"));
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
