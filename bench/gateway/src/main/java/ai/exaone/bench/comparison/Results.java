package ai.exaone.bench.comparison;

import ai.exaone.bench.comparison.Measurement.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been measured, by kind, phase and target. */
final class Results {
    private final Map<Kind, Map<Phase, Map<String, Cell>>> cells = new LinkedHashMap<>();
    private final List<Measurement> all = new ArrayList<>();

    void add(Measurement measurement) {
        all.add(measurement);
        cells.computeIfAbsent(measurement.kind(), kind -> new LinkedHashMap<>())
                .computeIfAbsent(measurement.phase(), phase -> new LinkedHashMap<>())
                .computeIfAbsent(measurement.target(), target -> new Cell())
                .add(measurement);
    }

    Optional<Cell> cell(Kind kind, Phase phase, String target) {
        return Optional.ofNullable(
                cells.getOrDefault(kind, Map.of()).getOrDefault(phase, Map.of()).get(target));
    }

    boolean has(Kind kind) {
        return cells.containsKey(kind);
    }

    List<Measurement> all() {
        return List.copyOf(all);
    }
}
