package ai.exaone.bench.profile;

import static ai.exaone.bench.comparison.MarkdownTable.number;

import ai.exaone.bench.comparison.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where the processor time of one kind of load went, in Markdown. */
final class KindProfile {
    private static final int MOST_METHODS = 15;
    private static final double PERCENT = 100;
    /** Of all samples: what a tree does not show. */
    private static final double LEAST = 0.01;

    private final String title;
    private final Stacks stacks;
    private final Map<String, Double> threadSeconds;

    /** @param threadSeconds of the whole process, by the threads' names */
    KindProfile(String title, Stacks stacks, Map<String, Double> threadSeconds) {
        this.title = title;
        this.stacks = stacks;
        this.threadSeconds = Map.copyOf(threadSeconds);
    }

    @Override
    public String toString() {
        return "### " + title + "\n\n" + threads() + "\n" + methods() + "\n" + modules();
    }

    /** Those of the virtual machine too, which samples do not see. */
    private MarkdownTable threads() {
        Map<String, Double> groups = new TreeMap<>();
        threadSeconds.forEach((name, seconds) -> groups.merge(group(name), seconds, Double::sum));
        double all = groups.values().stream().mapToDouble(Double::doubleValue).sum();
        MarkdownTable table = new MarkdownTable(1, "threads", "CPU s", "%");
        groups.entrySet().stream()
                .filter(entry -> entry.getValue() >= all * LEAST)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> table.add(
                        List.of(entry.getKey(), number(entry.getValue()), number(entry.getValue() / all * PERCENT))));
        return table;
    }

    /** What a thread is, by its name of at most 15 characters. */
    static String group(String name) {
        if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
            return "the JVM's compilers";
        }
        if (name.startsWith("GC ") || name.startsWith("G1 ") || name.equals("VM Thread")) {
            return "the JVM's garbage collection";
        }
        return name.startsWith("JFR ") ? "the recording itself" : FlightRecording.withoutNumber(name);
    }

    private MarkdownTable methods() {
        CallTree tops = stacks.tree("all", stack -> List.of(stack.top().shortName(), Modules.innermost(stack)));
        MarkdownTable table = new MarkdownTable(2, "method on top", "mostly for", "%");
        tops.children(1).stream()
                .limit(MOST_METHODS)
                .forEach(top -> table.add(List.of(
                        '`' + top.name() + '`',
                        top.children(1).getFirst().name(),
                        number(top.count() * PERCENT / stacks.total()))));
        return table;
    }

    private String modules() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d samples, one for each %d ms of a Java thread's processor time; %d more had no stack.",
                stacks.total(),
                FlightRecording.PERIOD.toMillis(),
                stacks.unseen()));
        lines.add("");
        lines.add("```");
        long least = Math.max(1, Math.round(stacks.total() * LEAST));
        stacks.tree("all", Modules::path).children(least).forEach(thread -> describe(thread, 0, least, lines));
        lines.add("```");
        return String.join("\n", lines) + "\n";
    }

    private void describe(CallTree node, int depth, long least, List<String> lines) {
        lines.add(String.format(
                Locale.ROOT,
                "%s%5.1f %%  %s",
                "  ".repeat(depth),
                node.count() * PERCENT / stacks.total(),
                node.name()));
        node.children(least).forEach(child -> describe(child, depth + 1, least, lines));
    }
}
