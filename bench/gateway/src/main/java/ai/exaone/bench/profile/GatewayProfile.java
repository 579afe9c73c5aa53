package ai.exaone.bench.profile;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.comparison.Comparison.Plan;
import ai.exaone.bench.comparison.Kind;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.machine.ThreadTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs each kind of load once more at one Java process, which records itself meanwhile. That costs some of what is looked for: run it
 * when all has been measured.
 */
public final class GatewayProfile {
    /** The calls of another kind in other numbers: nothing new is to be seen. */
    private static final Set<Kind> LEFT_OUT = EnumSet.of(Kind.SOAK, Kind.OVERLOAD);

    private final LoadGenerator generator;
    private final String beginning;
    private final Consumer<String> progress;

    /**
     * @param beginning of the paths of files that are left, for each kind a flame graph and its stacks
     * @param progress told what is going on
     */
    public GatewayProfile(LoadGenerator generator, String beginning, Consumer<String> progress) {
        this.generator = generator;
        this.beginning = beginning;
        this.progress = progress;
    }

    /** Runs the plan's kinds; what was seen, in Markdown. */
    public String run(Endpoint endpoint, Plan plan) throws IOException, InterruptedException {
        long pid =
                endpoint.processes().getOrDefault(Endpoint.GATEWAY, List.of()).getFirst();
        StringBuilder text = new StringBuilder("## Where " + endpoint.name() + "'s processor time goes\n");
        for (Kind kind : plan.kinds()) {
            if (!LEFT_OUT.contains(kind)) {
                progress.accept("profile of " + endpoint.name() + ": " + kind.label());
                text.append('\n').append(profile(endpoint, pid, kind, plan));
            }
        }
        return text.toString();
    }

    private KindProfile profile(Endpoint endpoint, long pid, Kind kind, Plan plan)
            throws IOException, InterruptedException {
        String title = kind.label() + ": " + kind.about();
        try (FlightRecording recording = FlightRecording.start(pid, Path.of(beginning + kind.label() + ".jfr"))) {
            Span span = generator
                    .run(kind.load(endpoint, plan.warmUp(), plan.seconds()), new Looking(pid))
                    .observed();
            Stacks stacks = recording.stop(span.from(), span.to());
            Files.write(Path.of(beginning + kind.label() + ".collapsed"), stacks.collapsed());
            Files.writeString(
                    Path.of(beginning + kind.label() + ".html"),
                    FlameGraph.page(title, stacks.tree("all", Stacks::calls)));
            return new KindProfile(title, stacks, span.threadSeconds());
        }
    }

    /** The measured time. */
    private record Span(Instant from, Instant to, Map<String, Double> threadSeconds) {}

    /** Looks at threads when the measured time begins, and when it ends. */
    private static final class Looking implements LoadGenerator.Observer<Span> {
        private final long pid;
        private Instant from = Instant.MIN;
        private ThreadTimes before = new ThreadTimes(Map.of(), Map.of());

        Looking(long pid) {
            this.pid = pid;
        }

        @Override
        public void begin() {
            from = Instant.now();
            before = ThreadTimes.of(pid);
        }

        @Override
        public void tick() {
            // Nothing is to be seen in between.
        }

        @Override
        public Span end() {
            return new Span(from, Instant.now(), ThreadTimes.of(pid).since(before));
        }
    }
}
