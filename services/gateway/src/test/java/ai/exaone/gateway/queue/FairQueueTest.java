package ai.exaone.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.queue.BusyModel.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Shares of a busy model, in simulations of it. */
class FairQueueTest {
    private static final long END = 3_000;
    private static final long LONGEST = 20;
    private static final LongUnaryOperator KNOWN = length -> length;
    private static final LongUnaryOperator UNKNOWN = length -> 0;
    /** What everybody is taken for, whatever comes of it. */
    private static final LongUnaryOperator GUESSED = length -> LONGEST / 2;

    @Property(tries = 150)
    void nobodyWhoWantsItsShareGetsLessInAnyWindow(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int places,
            @ForAll @IntRange(min = 2, max = 5) int tenants,
            @ForAll @IntRange(max = 2) int expectation) {
        Random random = new Random(seed);
        Map<String, Integer> weights = new HashMap<>();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            weights.put("t" + i, 1 + random.nextInt(4));
            // The first always wants more; the others come and go as they like, some with many calls.
            long pause = i == 0 || random.nextBoolean() ? 0 : 1 + random.nextInt(50);
            int calls = i == 0 ? places + 1 : 1 + random.nextInt(3 * places);
            callers.add(new Caller("t" + i, Priority.INTERACTIVE, calls, LONGEST, pause));
        }
        BusyModel model = new BusyModel(
                weights, places, seed, List.of(KNOWN, UNKNOWN, GUESSED).get(expectation));
        model.run(callers, END);

        double share = (double) weights.get("t0")
                / weights.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(model.mostIdleWhileWanted()).isZero();
        assertThat(worstShortfall(model, callers.getFirst(), share)).isLessThanOrEqualTo(bound(places, tenants));
    }

    /** Each place may be taken by a call that ends a moment after, and each tenant may be ahead by what it has been taken for. */
    private static double bound(int places, int tenants) {
        return (double) LONGEST * (places + tenants);
    }

    /** By how much a tenant was below its share at the most, over all windows that begin and end when something did. */
    private static double worstShortfall(BusyModel model, Caller caller, double share) {
        TreeSet<Long> times = new TreeSet<>();
        model.uses().forEach(use -> times.add(use.to()));
        List<Long> all = List.copyOf(times).subList(times.size() / 10, times.size() * 9 / 10);
        long[] had = all.stream().mapToLong(time -> model.used(caller, 0, time)).toArray();
        double most = Double.NEGATIVE_INFINITY;
        double worst = 0;
        for (int i = 0; i < had.length; i++) {
            // How far ahead of the share's line; the worst window is the deepest fall of it.
            double ahead = had[i] - share * model.places() * all.get(i);
            most = Math.max(most, ahead);
            worst = Math.max(worst, most - ahead);
        }
        return worst;
    }

    @Property(tries = 100)
    void whatOneLeavesIdleGoesToTheOthers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int places) {
        Caller alone = new Caller("t0", Priority.BATCH, 3 * places, LONGEST, 0);
        BusyModel model = new BusyModel(Map.of("t0", 1, "t1", 1_000), places, seed, KNOWN);
        model.run(List.of(alone, new Caller("t1", Priority.INTERACTIVE, 0, LONGEST, 0)), END);

        // All of it, but for the calls that had not ended.
        assertThat(model.used(alone, 0, END)).isGreaterThan(places * (END - LONGEST) - 1);
    }

    @Property(tries = 100)
    void nobodyIsHeldToWhatItHadWhileNobodyElseWantedIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int places) {
        Caller early = new Caller("t0", Priority.INTERACTIVE, 3 * places, LONGEST, 0);
        BusyModel model = new BusyModel(Map.of("t0", 1, "t1", 1), places, seed, UNKNOWN);
        model.run(List.of(early), END);
        Caller late = new Caller("t1", Priority.INTERACTIVE, 3 * places, LONGEST, 0);
        model.run(List.of(late), 2 * END);

        double half = places * (END - LONGEST) / 2.0;
        assertThat((double) model.used(early, END, 2 * END)).isGreaterThanOrEqualTo(half - bound(places, 2));
        assertThat((double) model.used(late, END, 2 * END)).isGreaterThanOrEqualTo(half - bound(places, 2));
    }

    @Property(tries = 100)
    void batchesHaveTheirPartAndNotMore(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int places) {
        Caller people = new Caller("t0", Priority.INTERACTIVE, 3 * places, LONGEST, 0);
        Caller batch = new Caller("t1", Priority.BATCH, 3 * places, LONGEST, 0);
        BusyModel model = new BusyModel(Map.of("t0", 1, "t1", 1), places, seed, KNOWN);
        model.run(List.of(people, batch), END);

        double part = places * (END - LONGEST) / 10.0;
        assertThat((double) model.used(batch, 0, END)).isBetween(part - bound(places, 2), part + bound(places, 2));
    }

    @Example
    void givesPlacesInTheOrderOfArrivalWithinALine() {
        FairQueue<Integer> queue = new FairQueue<>(tenant -> 1);
        Line<Integer> line = queue.line("t0", Priority.INTERACTIVE);
        queue.add(line, 1, 0);
        queue.add(line, 2, 0);
        queue.addFirst(line, 0, 0);

        assertThat(List.of(taken(queue), taken(queue), taken(queue))).containsExactly(0, 1, 2);
        assertThat(queue.waiting()).isZero();
    }

    @Example
    void passesOverThoseThatCannotGoNow() {
        FairQueue<Integer> queue = new FairQueue<>(tenant -> 1);
        queue.add(queue.line("t0", Priority.INTERACTIVE), 1, 0);
        queue.add(queue.line("t1", Priority.BATCH), 2, 0);

        assertThat(queue.next(0, item -> item == 2)).contains(2);
        assertThat(queue.next(0, item -> item == 2)).isEmpty();
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Example
    void tellsWhoseLineIsLongestForItsWeight() {
        FairQueue<Integer> queue = new FairQueue<>(tenant -> tenant.equals("t0") ? 4 : 1);
        Line<Integer> heavy = queue.line("t0", Priority.INTERACTIVE);
        Line<Integer> light = queue.line("t1", Priority.INTERACTIVE);
        for (int i = 0; i < 4; i++) {
            queue.add(heavy, i, 0);
        }
        queue.add(light, 10, 0);
        queue.add(light, 11, 0);

        assertThat(queue.longest()).contains(light);
        assertThat(queue.staysLonger(light, heavy)).isTrue();
        assertThat(queue.staysLonger(heavy, light)).isFalse();
        assertThat(queue.dropLast(light)).isEqualTo(11);
        assertThat(queue.share(heavy)).isEqualTo(0.8);
    }

    private static int taken(FairQueue<Integer> queue) {
        return queue.next(0, item -> true).orElseThrow();
    }
}
