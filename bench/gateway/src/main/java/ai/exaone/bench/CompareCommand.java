package ai.exaone.bench;

import ai.exaone.bench.candidate.DirectTarget;
import ai.exaone.bench.candidate.Ground;
import ai.exaone.bench.candidate.PlatformTarget;
import ai.exaone.bench.candidate.ProxyTarget;
import ai.exaone.bench.candidate.RunningTarget;
import ai.exaone.bench.candidate.Target;
import ai.exaone.bench.comparison.Comparison.Plan;
import ai.exaone.bench.comparison.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The comparison of the gateway with its peers. */
@Command(
        name = "exaone bench gateway",
        description = {
            "Measure the gateway as a process of its own beside nginx and Envoy, in front of a scripted upstream:",
            "throughput, latency, processor time for each request and streamed piece, memory. Prints Markdown.",
            "",
            "Targets are interleaved and a different one goes first in each round. Every answer is checked."
        },
        subcommands = UpstreamCommand.class,
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kinds",
            paramLabel = "KIND,...",
            hideParamSyntax = true,
            split = ",",
            description = {
                "What to measure; 'all' for all. Default: the first eight of",
                "single1k, json1k, json32k, json512k (size of the prompt), stream64 (64 pieces at once),",
                "paced64 (5 ms apart), open1k (open loop, 100 a second), embeddings,",
                "streams2000 (2,000 open streams), soak (100,000 requests), overload (ten times the load, on one core)."
            })
    private List<String> kinds = Kind.USUAL.stream().map(Kind::label).toList();

    @Option(
            names = "--targets",
            paramLabel = "TARGET,...",
            hideParamSyntax = true,
            split = ",",
            description = "Of direct, nginx, envoy, exaone. Default: all.")
    private List<String> targets = List.of("direct", "nginx", "envoy", "exaone");

    @Option(
            names = "--also",
            paramLabel = "NAME=URL,KEY,PID",
            description = {
                "Another gateway that runs already: its base URL, the key to present, its process (may be empty).",
                "It must reach the upstream, which listens on the first port and asks for the key upstream-key."
            })
    private List<String> also = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--warm-rounds", paramLabel = "N", description = "Rounds before that. Default: ${DEFAULT-VALUE}.")
    private int warmRounds = 1;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each run. Default: ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--out", paramLabel = "FILE", description = "Keep every run there as a line of JSON.")
    private @Nullable Path out;

    @Option(
            names = "--profile",
            description = {
                "When all is measured, run each kind once more while our gateway records where its processor time goes:",
                "the top of each flame graph is printed, and the graph is kept beside --out, or in the working folder."
            })
    private boolean profile;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The first of five free ports. Default: ${DEFAULT-VALUE}.")
    private int port = 19_300;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Of load and upstream, each. Default: a quarter of the processors.")
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "Of the platform's services. Default: ${DEFAULT-VALUE}.")
    private String javaOptions = "-Xmx512m";

    @Option(
            names = "--envoy",
            paramLabel = "FILE",
            description = "Envoy's program. Default: what was installed for it.")
    private @Nullable Path envoy;

    @Option(names = "--root", hidden = true, required = true, description = "The project's folder.")
    private Path root = Path.of("");

    @Option(names = "--work", hidden = true, required = true, description = "For configurations, logs and data.")
    private Path work = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration measured = Duration.ofMillis(Math.round(seconds * 1_000));
        Duration warmUp = measured.dividedBy(3);
        Plan plan = new Plan(chosenKinds(), warmRounds, rounds, warmUp, measured);
        Ground ground = new Ground(
                root,
                work,
                port,
                "upstream-key",
                Kind.Models.all(),
                port,
                Runtime.getRuntime().availableProcessors());
        try (Session session = new Session(ground, threads, Optional.ofNullable(out), profile, this::say)) {
            String machine = Surroundings.describe(root);
            String tables = session.run(chosenTargets(ground), plan);
            var printer = spec.commandLine().getOut();
            printer.println();
            printer.println(machine + "; " + rounds + " × " + measured.toMillis() / 1e3 + " s.");
            printer.println();
            printer.print(tables);
            printer.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Kind> chosenKinds() {
        if (kinds.contains("all")) {
            return Arrays.asList(Kind.values());
        }
        return kinds.stream()
                .map(label -> Kind.labelled(label).orElseThrow(() -> wrong("No such kind: " + label)))
                .toList();
    }

    private List<Target> chosenTargets(Ground ground) {
        List<Target> chosen = new ArrayList<>();
        for (String name : targets) {
            chosen.add(
                    switch (name) {
                        case "direct" -> new DirectTarget(ground);
                        case "nginx" -> ProxyTarget.nginx(ground);
                        case "envoy" ->
                            ProxyTarget.envoy(ground, Optional.ofNullable(envoy).orElse(Path.of("envoy")));
                        case "exaone" -> new PlatformTarget(ground, javaOptions);
                        case String other -> throw wrong("No such target: " + other);
                    });
        }
        for (String text : also) {
            chosen.add(RunningTarget.parse(text, ground.models())
                    .orElseThrow(() -> wrong("--also takes NAME=URL,KEY,PID, not " + text)));
        }
        return chosen;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void say(String line) {
        var err = spec.commandLine().getErr();
        err.println("… " + line);
        err.flush();
    }
}
