package ai.exaone.bench;

import ai.exaone.bench.candidate.ChildProcess;
import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.candidate.Ground;
import ai.exaone.bench.candidate.PlatformTarget;
import ai.exaone.bench.candidate.Target;
import ai.exaone.bench.candidate.UnavailableException;
import ai.exaone.bench.comparison.Comparison;
import ai.exaone.bench.comparison.Comparison.Plan;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.profile.GatewayProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All that runs while something is measured: the upstream, the targets and the load. Ends all of it, on Ctrl-C too. */
final class Session implements AutoCloseable {
    private final Ground ground;
    private final int threads;
    private final Optional<Path> raw;
    private final boolean profile;
    private final Consumer<String> progress;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Thread atExit = new Thread(this::endAll);

    Session(Ground ground, int threads, Optional<Path> raw, boolean profile, Consumer<String> progress) {
        this.ground = ground;
        this.threads = threads;
        this.raw = raw;
        this.profile = profile;
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Measures those targets that can be had here, and returns the tables. */
    String run(List<Target> targets, Plan plan) throws IOException, InterruptedException {
        try {
            ChildProcess upstream = startUpstream();
            List<Endpoint> endpoints = new ArrayList<>();
            for (Target target : targets) {
                start(target).ifPresent(endpoints::add);
            }
            List<Long> ours = List.of(ProcessHandle.current().pid(), upstream.pid());
            try (LoadGenerator generator = new LoadGenerator(threads);
                    PrintWriter lines = rawLines()) {
                return new Comparison(generator, endpoints, ours, plan, lines::println, progress).run()
                        + profiles(generator, endpoints, plan);
            }
        } catch (UnavailableException failure) {
            throw new IOException("The upstream does not start: " + failure.getMessage(), failure);
        }
    }

    private String profiles(LoadGenerator generator, List<Endpoint> endpoints, Plan plan)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        if (profile) {
            GatewayProfile profiler = new GatewayProfile(generator, beginningOfProfiles(), progress);
            for (Endpoint endpoint : endpoints) {
                if (endpoint.name().equals(PlatformTarget.NAME)) {
                    text.append('\n').append(profiler.run(endpoint, plan));
                }
            }
        }
        return text.toString();
    }

    /** Of files' paths: {@code runs-} beside {@code runs.jsonl}. */
    private String beginningOfProfiles() {
        return raw.map(path -> path.toAbsolutePath().toString().replaceFirst("\\.[^./]*$", "") + "-")
                .orElse(ground.work().toAbsolutePath().resolve("profile-").toString());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        endAll();
    }

    private ChildProcess startUpstream() throws UnavailableException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                BenchApplication.class.getName(),
                "--root=" + ground.root(),
                "--work=" + ground.work(),
                "upstream",
                "--port=" + ground.upstreamPort(),
                "--threads=" + threads,
                "--key=" + ground.upstreamKey(),
                "--models=" + String.join(",", ground.models()));
        ChildProcess upstream =
                ChildProcess.start(command, Map.of(), ground.work().resolve("upstream.log"));
        keep(upstream);
        return upstream;
    }

    private Optional<Endpoint> start(Target target) throws InterruptedException {
        progress.accept("starting " + target.name());
        keep(target);
        try {
            return Optional.of(target.start());
        } catch (UnavailableException missing) {
            progress.accept("without " + target.name() + ": " + missing.getMessage());
            target.close();
            return Optional.empty();
        }
    }

    private PrintWriter rawLines() throws IOException {
        return raw.isPresent()
                ? new PrintWriter(Files.newBufferedWriter(raw.get()), true)
                : new PrintWriter(Writer.nullWriter());
    }

    private synchronized void keep(AutoCloseable started) {
        running.add(started);
    }

    /** The last started ends first: nothing outlives what it asks. */
    private synchronized void endAll() {
        while (!running.isEmpty()) {
            try {
                running.removeLast().close();
            } catch (Exception failure) {
                progress.accept("not ended: " + failure);
            }
        }
    }
}
