package ai.exaone.bench.comparison;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.comparison.Measurement.Phase;
import ai.exaone.bench.load.Load;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.machine.Cores;
import ai.exaone.bench.machine.ProcessTable;
import ai.exaone.bench.machine.ResourceUse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Interleaves: in each round every kind is run at every target, a different target first each time, so that whatever else the
 * machine does meets all of them alike.
 */
public final class Comparison {
    private static final Duration BETWEEN_RUNS = Duration.ofMillis(300);

    private final LoadGenerator generator;
    private final List<Endpoint> endpoints;
    private final List<Long> ours;
    private final Plan plan;
    private final Consumer<String> raw;
    private final Consumer<String> progress;
    private final Cores cores;
    private final Results results = new Results();

    /**
     * What is run.
     *
     * @param warmRounds before those that count: programs that compile while they run need them
     */
    public record Plan(List<Kind> kinds, int warmRounds, int rounds, Duration warmUp, Duration seconds) {
        public Plan {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * @param ours roots of the processes that measure, the upstream among them
     * @param raw told every run, one line of JSON each
     * @param progress told what is going on
     */
    public Comparison(
            LoadGenerator generator,
            List<Endpoint> endpoints,
            List<Long> ours,
            Plan plan,
            Consumer<String> raw,
            Consumer<String> progress)
            throws IOException {
        this.cores = Cores.ofThisProcess();
        this.generator = generator;
        this.endpoints = List.copyOf(endpoints);
        this.ours = List.copyOf(ours);
        this.plan = plan;
        this.raw = raw;
        this.progress = progress;
    }

    /** Runs all of it and returns the tables, in Markdown. */
    public String run() throws IOException, InterruptedException {
        for (int round = 1; round <= plan.warmRounds(); round++) {
            progress.accept("warm-up round " + round + " of " + plan.warmRounds());
            for (Kind kind : plan.kinds()) {
                if (Kind.USUAL.contains(kind)) {
                    round(kind, round, measurement -> {});
                }
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Kind kind : plan.kinds()) {
                // Of the long ones, one is enough.
                if (round == 1 || Kind.USUAL.contains(kind)) {
                    progress.accept("round " + round + " of " + plan.rounds() + ": " + kind.label());
                    round(kind, round, this::keep);
                }
            }
        }
        return new Report(results, endpoints.stream().map(Endpoint::name).toList()).toString();
    }

    private void keep(Measurement measurement) {
        results.add(measurement);
        raw.accept(measurement.json());
    }

    private void round(Kind kind, int round, Consumer<Measurement> keeper) throws IOException, InterruptedException {
        for (int place = 0; place < endpoints.size(); place++) {
            Endpoint endpoint = endpoints.get((place + round) % endpoints.size());
            if (kind == Kind.OVERLOAD) {
                overload(endpoint, keeper);
            } else {
                keeper.accept(measure(kind, endpoint, Phase.PLAIN, kind.load(endpoint, plan.warmUp(), plan.seconds())));
            }
        }
    }

    /** The generator and the upstream on one core, the target on another: neither can hide behind the other. */
    private void overload(Endpoint endpoint, Consumer<Measurement> keeper) throws IOException, InterruptedException {
        List<Integer> numbers = cores.numbers();
        if (numbers.size() < 2 || endpoint.allProcesses().isEmpty()) {
            return;
        }
        cores.giveOne(ours, numbers.get(0));
        cores.giveOne(endpoint.allProcesses(), numbers.get(1));
        try {
            for (Phase phase : Phase.values()) {
                keeper.accept(measure(
                        Kind.OVERLOAD,
                        endpoint,
                        phase,
                        Kind.OVERLOAD.overload(endpoint, phase.times(), plan.warmUp(), plan.seconds())));
            }
        } finally {
            cores.giveTo(ours);
            cores.giveTo(endpoint.allProcesses());
        }
    }

    private Measurement measure(Kind kind, Endpoint endpoint, Phase phase, Load load) throws InterruptedException {
        List<Long> gateway = endpoint.processes().getOrDefault(Endpoint.GATEWAY, List.of());
        if (gateway.stream().anyMatch(pid -> ProcessHandle.of(pid).isEmpty())) {
            throw new IllegalStateException(endpoint.name() + " has ended while it was measured");
        }
        Thread.sleep(BETWEEN_RUNS);
        long resting = ProcessTable.residentBytes(ProcessTable.read().trees(gateway));
        LoadGenerator.Result<ResourceUse> result = generator.run(load, new Metering(endpoint, ours));
        return new Measurement(
                kind, endpoint.name(), phase, result.tally(), result.seconds(), result.observed(), resting);
    }
}
