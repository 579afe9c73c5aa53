package ai.exaone.bench.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** How often each stack was seen: once for each {@link FlightRecording#PERIOD} of processor time. Not thread-safe. */
final class Stacks {
    private final Map<Stack, Long> counts = new HashMap<>();
    private long total;
    private long unseen;

    void add(Stack stack) {
        counts.merge(stack, 1L, Long::sum);
        total++;
    }

    /** Time passed, and what was done in it is not known. */
    void addUnseen(long samples) {
        unseen += samples;
    }

    /** Samples with a stack. */
    long total() {
        return total;
    }

    /** Samples without one. */
    long unseen() {
        return unseen;
    }

    /** A tree of them, by what each stack is in it: what is next to the root first. */
    CallTree tree(String root, Function<Stack, List<String>> path) {
        CallTree tree = new CallTree(root);
        counts.forEach((stack, times) -> tree.add(path.apply(stack), times));
        return tree;
    }

    /** The methods of a stack, after its thread. */
    static List<String> calls(Stack stack) {
        return Stream.concat(Stream.of(stack.thread()), stack.frames().stream().map(Frame::label))
                .toList();
    }

    /** A line for each stack, {@code thread;outermost;…;top TIMES}, as flame graphs' programs read them. */
    List<String> collapsed() {
        return counts.entrySet().stream()
                .map(entry -> String.join(";", calls(entry.getKey())) + " " + entry.getValue())
                .sorted()
                .toList();
    }
}
