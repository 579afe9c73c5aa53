package ai.exaone.bench.candidate;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reverse proxy of others' that does what it can of a gateway's work; its process is measured. */
public final class ProxyTarget implements Target {
    private final String name;
    private final Ground ground;
    private final int portOffset;
    private final String template;
    private final CommandLine commandLine;
    private @Nullable ChildProcess process;

    private ProxyTarget(String name, Ground ground, int portOffset, String template, CommandLine commandLine) {
        this.name = name;
        this.ground = ground;
        this.portOffset = portOffset;
        this.template = template;
        this.commandLine = commandLine;
    }

    /** nginx with a map of keys, a limit of requests, an access log and connections kept open: the least that a proxy can cost. */
    public static ProxyTarget nginx(Ground ground) {
        return new ProxyTarget(
                "nginx",
                ground,
                1,
                "nginx.conf",
                (folder, configuration) -> List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()));
    }

    /**
     * Envoy with its key filter, a local limit of requests and an access log.
     *
     * @param program Envoy's own, not a script around it
     */
    public static ProxyTarget envoy(Ground ground, Path program) {
        return new ProxyTarget(
                "envoy",
                ground,
                2,
                "envoy.yaml",
                (folder, configuration) -> List.of(
                        program.toString(),
                        "--config-path",
                        configuration.toString(),
                        "--concurrency",
                        Integer.toString(ground.workers()),
                        "--disable-hot-restart",
                        "--log-level",
                        "warn"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Endpoint start() throws UnavailableException, InterruptedException {
        int port = ground.firstPort() + portOffset;
        Path configuration = ground.configuration(name, template, port);
        Path folder = ground.folder(name);
        ChildProcess started =
                ChildProcess.start(commandLine.of(folder, configuration), Map.of(), folder.resolve(name + ".log"));
        process = started;
        Endpoint endpoint = new Endpoint(
                name,
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

    /** How the proxy is started. */
    @FunctionalInterface
    private interface CommandLine {
        /**
         * The program with its arguments.
         *
         * @param folder for what it writes
         */
        List<String> of(Path folder, Path configuration);
    }
}
