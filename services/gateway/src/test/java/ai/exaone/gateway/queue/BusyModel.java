package ai.exaone.gateway.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * A model with some places, simulated: whoever has a place keeps it for as long as its call takes, and then another one is given it. Time is a
 * number.
 */
final class BusyModel {
    /** A call. */
    record Work(Caller caller, long length) {}

    /** Somebody who calls, again as soon as an answer is there, or after a while. */
    static final class Caller {
        private final String tenantId;
        private final Priority priority;
        private final int calls;
        private final long longest;
        private final long longestPause;

        /**
         * @param calls that it makes at once, each again and again
         * @param longest call
         * @param longestPause between two calls
         */
        Caller(String tenantId, Priority priority, int calls, long longest, long longestPause) {
            this.tenantId = tenantId;
            this.priority = priority;
            this.calls = calls;
            this.longest = longest;
            this.longestPause = longestPause;
        }
    }

    /** From when to when a place was had. */
    record Use(Caller caller, long from, long to) {
        long within(long start, long end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, start));
        }
    }

    private record Event(long at, long order, Runnable what) {}

    private final FairQueue<Work> queue;
    private final int places;
    private final Random random;
    private final LongUnaryOperator expectation;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Use> uses = new ArrayList<>();
    private long now;
    private long order;
    private int free;
    private int mostIdleWhileWanted;

    /**
     * @param expectation how long a call is taken to be, by how long it is
     */
    BusyModel(Map<String, Integer> weights, int places, long seed, LongUnaryOperator expectation) {
        this.queue = new FairQueue<>(weights::get);
        this.places = places;
        this.free = places;
        this.random = new Random(seed);
        this.expectation = expectation;
    }

    /** Lets them call until a time. */
    void run(List<Caller> callers, long end) {
        for (Caller caller : callers) {
            for (int i = 0; i < caller.calls; i++) {
                at(pause(caller), () -> call(caller));
            }
        }
        while (!events.isEmpty() && events.peek().at() < end) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
            mostIdleWhileWanted = Math.max(mostIdleWhileWanted, queue.waiting() > 0 ? free : 0);
        }
    }

    List<Use> uses() {
        return uses;
    }

    /** How many places were free at the most while somebody waited for one. */
    int mostIdleWhileWanted() {
        return mostIdleWhileWanted;
    }

    long used(Caller caller, long from, long to) {
        return uses.stream()
                .filter(use -> use.caller() == caller)
                .mapToLong(use -> use.within(from, to))
                .sum();
    }

    private void call(Caller caller) {
        Work work = new Work(caller, 1 + random.nextLong(caller.longest));
        Line<Work> line = queue.line(caller.tenantId, caller.priority);
        if (free > 0 && queue.waiting() == 0) {
            queue.begin(line, now, expectation.applyAsLong(work.length()));
            begun(work);
        } else {
            queue.add(line, work, now);
        }
    }

    private void begun(Work work) {
        free--;
        long since = now;
        at(work.length(), () -> ended(work, since));
    }

    private void ended(Work work, long since) {
        uses.add(new Use(work.caller(), since, now));
        free++;
        Line<Work> line = queue.line(work.caller().tenantId, work.caller().priority);
        queue.end(line, now, since, expectation.applyAsLong(work.length()));
        long pause = pause(work.caller());
        if (pause == 0) {
            // Who calls again at once is there already when the place is given.
            queue.add(line, again(work.caller()), now);
        } else {
            at(pause, () -> call(work.caller()));
        }
        give();
    }

    private Work again(Caller caller) {
        return new Work(caller, 1 + random.nextLong(caller.longest));
    }

    private void give() {
        while (free > 0) {
            Optional<Work> next = queue.next(now, work -> true);
            if (next.isEmpty()) {
                return;
            }
            Work work = next.get();
            queue.begin(
                    queue.line(work.caller().tenantId, work.caller().priority),
                    now,
                    expectation.applyAsLong(work.length()));
            begun(work);
        }
    }

    private long pause(Caller caller) {
        return caller.longestPause == 0 ? 0 : 1 + random.nextLong(caller.longestPause);
    }

    private void at(long delay, Runnable what) {
        events.add(new Event(now + delay, order++, what));
    }

    int places() {
        return places;
    }
}
