package ai.exaone.bench.comparison;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.load.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All rounds of one load at one target: counts and processor time are summed, times are one distribution. */
final class Cell {
    private static final double MEBIBYTE = 1 << 20;
    private static final double MICROSECONDS = 1e6;
    private static final double MILLISECONDS = 1e3;

    private final Tally tally = new Tally();
    private final List<Measurement> rounds = new ArrayList<>();
    private double seconds;

    void add(Measurement round) {
        rounds.add(round);
        tally.add(round.tally());
        seconds += round.seconds();
    }

    Tally tally() {
        return tally;
    }

    List<Measurement> rounds() {
        return List.copyOf(rounds);
    }

    double perSecond() {
        return tally.completed() / seconds;
    }

    /** Milliseconds of processor time for each right answer; empty where the group is not measured. */
    Optional<Double> cpuMillis(String group) {
        return cpuSeconds(group)
                .filter(all -> tally.completed() > 0)
                .map(all -> all / tally.completed() * MILLISECONDS);
    }

    /** Microseconds of processor time for each piece of a stream. */
    Optional<Double> cpuMicrosPerPiece(String group) {
        return cpuSeconds(group).filter(all -> tally.pieces() > 0).map(all -> all / tally.pieces() * MICROSECONDS);
    }

    /** The gateway's memory at its most. */
    Optional<Double> peakMebibytes() {
        return rounds.stream()
                .map(round -> round.use().peakBytes(Endpoint.GATEWAY))
                .max(Long::compare)
                .filter(bytes -> bytes > 0)
                .map(bytes -> bytes / MEBIBYTE);
    }

    /** The gateway's memory before each run, at its least. */
    Optional<Double> restingMebibytes() {
        return rounds.stream()
                .map(Measurement::restingBytes)
                .min(Long::compare)
                .filter(bytes -> bytes > 0)
                .map(bytes -> bytes / MEBIBYTE);
    }

    /**
     * The gateway's memory in one tenth of the last run, as the median of what was seen in it.
     *
     * @param tenth from 0
     */
    Optional<Double> mebibytesInTenth(int tenth) {
        List<Long> seen = rounds.getLast().use().residentBytes().getOrDefault(Endpoint.GATEWAY, List.of());
        List<Long> part = seen.subList(seen.size() * tenth / 10, seen.size() * (tenth + 1) / 10);
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(part.stream().sorted().toList().get(part.size() / 2) / MEBIBYTE);
    }

    private Optional<Double> cpuSeconds(String group) {
        return rounds.stream().allMatch(round -> round.use().cpuSeconds().containsKey(group))
                ? Optional.of(rounds.stream()
                        .mapToDouble(round -> round.use().cpuSeconds().get(group))
                        .sum())
                : Optional.empty();
    }
}
