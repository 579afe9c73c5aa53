package ai.exaone.bench.candidate;

import ai.exaone.bench.machine.ProcessTable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * This platform, a process for each service, with all that a call goes through: keys, limits, metering and the spool. Its first
 * start makes the demo tenant, whose key is used and whose limits hold; later starts leave out what chats do not need.
 */
public final class PlatformTarget implements Target {
    public static final String NAME = "exaone";

    /** What else of the platform works for a call, in columns of their own. */
    public static final List<String> SUPPORT = List.of("quota", "database");

    private static final List<String> PARTS = List.of("gateway", "quota", "database", "identity", "serving");
    private static final Set<String> KEPT_SETTINGS = Set.of("EXAONE_CACHE", "EXAONE_JAVA_HOME");
    private static final int PORT_OFFSET = 3;

    private final Ground ground;
    private final String javaOptions;
    private final Path home;
    private boolean started;

    /** @param javaOptions of every service */
    public PlatformTarget(Ground ground, String javaOptions) {
        this.ground = ground;
        this.javaOptions = javaOptions;
        this.home = ground.work().resolve("home");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Endpoint start() throws UnavailableException, InterruptedException {
        started = true;
        if (!hasKey()) {
            exaone("up", "--detach", "--port", port(), "--engine-url", ground.upstream() + "/v1");
            exaone("down");
        }
        exaone(
                "up",
                "--detach",
                "--processes",
                "--without",
                "keycloak,agents",
                "--port",
                port(),
                "--engine-url",
                ground.upstream() + "/v1");
        Map<String, List<Long>> processes = new LinkedHashMap<>();
        for (String part : PARTS) {
            processes.put(part, List.of(pid(part)));
        }
        Endpoint endpoint = new Endpoint(name(), URI.create("http://127.0.0.1:" + port() + "/v1"), key(), processes);
        Probe.await(endpoint, ground.models(), () -> true);
        return endpoint;
    }

    @Override
    public void close() {
        if (!started) {
            return;
        }
        started = false;
        try {
            exaone("down");
        } catch (UnavailableException failure) {
            System.err.println(failure.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private String port() {
        return Integer.toString(ground.firstPort() + PORT_OFFSET);
    }

    private long pid(String part) throws UnavailableException {
        Path file = home.resolve("run").resolve(part + ".pid");
        return ProcessTable.pid(file)
                .orElseThrow(() -> new UnavailableException("no process of " + part + " by " + file));
    }

    private boolean hasKey() throws UnavailableException {
        return Files.exists(home.resolve("credentials.env")) && !key().isEmpty();
    }

    private String key() throws UnavailableException {
        try (var lines = Files.lines(home.resolve("credentials.env"))) {
            return lines.filter(line -> line.startsWith("EXAONE_API_KEY="))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException failure) {
            throw new UnavailableException("its credentials cannot be read", failure);
        }
    }

    /** Settings of the shell are those of another installation, and are kept out. */
    private void exaone(String... words) throws UnavailableException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ground.root().resolve("exaone").toString()));
        command.addAll(List.of(words));
        Path log = ground.folder(name()).resolve("exaone-" + words[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("EXAONE_") && !KEPT_SETTINGS.contains(name));
        builder.environment()
                .putAll(Map.of(
                        "EXAONE_HOME",
                        home.toString(),
                        "EXAONE_ENGINE_KEY",
                        ground.upstreamKey(),
                        // The upstream is the only engine.
                        "EXAONE_SERVING_EMBEDDED",
                        "false",
                        "EXAONE_PLATFORM_JAVA_OPTIONS",
                        javaOptions));
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new UnavailableException(
                        "exaone " + String.join(" ", words) + " ended with " + status + ":\n" + Files.readString(log));
            }
        } catch (IOException failure) {
            throw new UnavailableException("exaone cannot be run", failure);
        }
    }
}
