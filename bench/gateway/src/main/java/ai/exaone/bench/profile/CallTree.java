package ai.exaone.bench.profile;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples by the way they were come to; each node counts what passed through it. Not thread-safe. */
final class CallTree {
    private final String name;
    private final Map<String, CallTree> children = new LinkedHashMap<>();
    private long count;

    CallTree(String name) {
        this.name = name;
    }

    void add(List<String> path, long times) {
        CallTree node = this;
        node.count += times;
        for (String step : path) {
            node = node.children.computeIfAbsent(step, CallTree::new);
            node.count += times;
        }
    }

    String name() {
        return name;
    }

    /** Samples that ended here or further on. */
    long count() {
        return count;
    }

    /** Those with so many samples at least, the largest first. */
    List<CallTree> children(long least) {
        return children.values().stream()
                .filter(child -> child.count >= least)
                .sorted(Comparator.comparingLong(CallTree::count).reversed().thenComparing(CallTree::name))
                .toList();
    }
}
