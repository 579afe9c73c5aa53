package ai.exaone.bench.comparison;

import static ai.exaone.bench.comparison.MarkdownTable.number;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.candidate.PlatformTarget;
import ai.exaone.bench.comparison.Measurement.Phase;
import ai.exaone.bench.load.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The results as tables. Others' processor time is told with them: with much of it, only costs can be compared, not latencies. */
final class Report {
    private static final String DIRECT = "direct";
    private static final String NGINX = "nginx";
    private static final String ENVOY = "envoy";
    private static final double KIBIBYTES = 1024;

    private final Results results;
    private final List<String> targets;

    Report(Results results, List<String> targets) {
        this.results = results;
        this.targets = targets;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (Kind.USUAL.stream().anyMatch(results::has)) {
            text.append(calls()).append('\n');
        }
        if (results.has(Kind.STREAMS_2000)) {
            text.append(openStreams()).append('\n');
        }
        if (results.has(Kind.SOAK)) {
            text.append(soak()).append('\n');
        }
        if (results.has(Kind.OVERLOAD)) {
            text.append(overload()).append('\n');
        }
        return text.append(errors()).append(noise()).toString();
    }

    private MarkdownTable calls() {
        MarkdownTable table = new MarkdownTable(
                2,
                "kind",
                "target",
                "rps",
                "p50 ms",
                "p99 ms",
                "+p50",
                "+p99",
                "max ms",
                "TTFT p50",
                "gap p99",
                "CPU ms/req",
                "µs/piece",
                "×nginx",
                "×Envoy",
                "quota CPU",
                "database CPU",
                "peak RSS MiB",
                "refused",
                "errors");
        for (Kind kind : Kind.USUAL) {
            for (String target : targets) {
                results.cell(kind, Phase.PLAIN, target).ifPresent(cell -> table.add(call(kind, target, cell)));
            }
        }
        return table;
    }

    private List<String> call(Kind kind, String target, Cell cell) {
        Spread latency = cell.tally().latency();
        Optional<Cell> direct = target.equals(DIRECT) || latency.count() == 0
                ? Optional.empty()
                : results.cell(kind, Phase.PLAIN, DIRECT);
        List<String> row = new ArrayList<>(List.of(
                kind.label(),
                target,
                number(cell.perSecond()),
                number(seen(latency, latency.p50())),
                number(seen(latency, latency.p99())),
                number(direct.map(base -> latency.p50() - base.tally().latency().p50())),
                number(direct.map(base -> latency.p99() - base.tally().latency().p99())),
                number(seen(latency, latency.max())),
                number(seen(cell.tally().first(), cell.tally().first().p50())),
                number(seen(cell.tally().gaps(), cell.tally().gaps().p99())),
                number(cell.cpuMillis(Endpoint.GATEWAY)),
                number(cell.cpuMicrosPerPiece(Endpoint.GATEWAY)),
                number(ratio(kind, cell, NGINX)),
                number(ratio(kind, cell, ENVOY))));
        PlatformTarget.SUPPORT.forEach(part -> row.add(number(cell.cpuMillis(part))));
        row.addAll(List.of(
                number(cell.peakMebibytes()),
                Long.toString(cell.tally().refused()),
                Long.toString(cell.tally().failed())));
        return row;
    }

    private static Optional<Double> seen(Spread spread, double value) {
        return spread.count() > 0 ? Optional.of(value) : Optional.empty();
    }

    /** Of the processor time: for each piece of a stream, else for each request. */
    private Optional<Double> ratio(Kind kind, Cell cell, String peer) {
        Function<Cell, Optional<Double>> cost = kind.isStream()
                ? each -> each.cpuMicrosPerPiece(Endpoint.GATEWAY)
                : each -> each.cpuMillis(Endpoint.GATEWAY);
        Optional<Double> theirs = results.cell(kind, Phase.PLAIN, peer).flatMap(cost);
        return cost.apply(cell).flatMap(own -> theirs.map(other -> own / other));
    }

    private MarkdownTable openStreams() {
        MarkdownTable table = new MarkdownTable(
                1,
                Kind.STREAMS_2000.about(),
                "RSS before MiB",
                "peak MiB",
                "KiB/stream",
                "µs/piece",
                "TTFT p99 ms",
                "refused",
                "errors");
        for (String target : targets) {
            results.cell(Kind.STREAMS_2000, Phase.PLAIN, target).ifPresent(cell -> {
                Optional<Double> grown = cell.peakMebibytes()
                        .flatMap(peak -> cell.restingMebibytes().map(resting -> peak - resting));
                table.add(List.of(
                        target,
                        number(cell.restingMebibytes()),
                        number(cell.peakMebibytes()),
                        number(grown.map(more -> more * KIBIBYTES / Kind.STREAMS_2000.connections())),
                        number(cell.cpuMicrosPerPiece(Endpoint.GATEWAY)),
                        number(cell.tally().first().p99()),
                        Long.toString(cell.tally().refused()),
                        Long.toString(cell.tally().failed())));
            });
        }
        return table;
    }

    private MarkdownTable soak() {
        MarkdownTable table = new MarkdownTable(
                1,
                Kind.SOAK.about(),
                "requests",
                "rps",
                "RSS before MiB",
                "at 20 % MiB",
                "at 100 % MiB",
                "peak MiB",
                "CPU ms/req",
                "refused",
                "errors");
        for (String target : targets) {
            results.cell(Kind.SOAK, Phase.PLAIN, target)
                    .ifPresent(cell -> table.add(List.of(
                            target,
                            Long.toString(cell.tally().completed()),
                            number(cell.perSecond()),
                            number(cell.restingMebibytes()),
                            number(cell.mebibytesInTenth(2)),
                            number(cell.mebibytesInTenth(9)),
                            number(cell.peakMebibytes()),
                            number(cell.cpuMillis(Endpoint.GATEWAY)),
                            Long.toString(cell.tally().refused()),
                            Long.toString(cell.tally().failed()))));
        }
        return table;
    }

    private MarkdownTable overload() {
        MarkdownTable table = new MarkdownTable(
                1,
                Kind.OVERLOAD.about(),
                "load",
                "right answers a second",
                "of peak",
                "p50 ms",
                "p99 ms",
                "refused",
                "errors");
        for (String target : targets) {
            // Whichever load gave most: the first may not have been enough for it.
            double peak = Arrays.stream(Phase.values())
                    .flatMap(phase -> results.cell(Kind.OVERLOAD, phase, target).stream())
                    .mapToDouble(Cell::perSecond)
                    .max()
                    .orElse(0);
            for (Phase phase : Phase.values()) {
                results.cell(Kind.OVERLOAD, phase, target)
                        .ifPresent(cell -> table.add(overload(target, phase, cell, peak)));
            }
        }
        return table;
    }

    private static List<String> overload(String target, Phase phase, Cell cell, double peak) {
        return List.of(
                target,
                phase.times() + " ×",
                number(cell.perSecond()),
                number(cell.perSecond() / peak),
                number(cell.tally().latency().p50()),
                number(cell.tally().latency().p99()),
                Long.toString(cell.tally().refused()),
                Long.toString(cell.tally().failed()));
    }

    private String errors() {
        Map<String, Long> errors = new TreeMap<>();
        for (Measurement each : results.all()) {
            each.tally()
                    .errors()
                    .forEach((why, times) ->
                            errors.merge(each.kind().label() + ", " + each.target() + ": " + why, times, Long::sum));
        }
        StringBuilder text = new StringBuilder();
        errors.forEach((what, times) ->
                text.append("- ").append(times).append(" × ").append(what).append('\n'));
        return text.toString();
    }

    private String noise() {
        double[] others = results.all().stream()
                .mapToDouble(each -> each.use().otherCores())
                .sorted()
                .toArray();
        return others.length == 0
                ? ""
                : "%nOther work on the machine during %d runs: median %s cores, most %s.%n"
                        .formatted(others.length, number(others[others.length / 2]), number(others[others.length - 1]));
    }
}
