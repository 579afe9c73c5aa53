package ai.exaone.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Requests fall due at even distances; one that finds no free connection waits for it, and its wait counts. */
final class OpenPacing implements Pacing {
    private final Lane lane;
    private final Window window;
    private final double nanosBetween;
    private final int mostConnections;
    private final Deque<Caller> idle = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private int connections;
    private long arrivals;
    private long beginNanos;

    OpenPacing(Lane lane, Window window, double perSecond, int mostConnections) {
        this.lane = lane;
        this.window = window;
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.mostConnections = mostConnections;
    }

    @Override
    public void begin() {
        beginNanos = System.nanoTime();
        arrive();
    }

    @Override
    public void free(Caller caller) {
        Long due = waiting.poll();
        if (due != null) {
            lane.ask(caller, due);
        } else if (window.isOver(System.nanoTime())) {
            caller.close();
        } else {
            idle.push(caller);
        }
    }

    @Override
    public void lost() {
        connections--;
        dispatch();
    }

    /** By when it was due: what came late because of overload must not fall out of the count. */
    @Override
    public boolean counts(long due, long now) {
        return window.has(due);
    }

    @Override
    public long waiting() {
        return waiting.size();
    }

    /** All that have fallen due by now, however late this is called, each with its own moment. */
    private void arrive() {
        long now = System.nanoTime();
        while (dueNanos() <= now && !window.isOver(dueNanos())) {
            waiting.add(dueNanos());
            arrivals++;
        }
        dispatch();
        if (window.isOver(now)) {
            idle.forEach(Caller::close);
            idle.clear();
        } else {
            lane.after(Duration.ofNanos(Math.max(0, dueNanos() - System.nanoTime())), this::arrive);
        }
    }

    private long dueNanos() {
        return beginNanos + (long) (arrivals * nanosBetween);
    }

    private void dispatch() {
        while (!waiting.isEmpty()) {
            Caller caller = idle.poll();
            if (caller != null) {
                lane.ask(caller, waiting.remove());
            } else if (connections < mostConnections) {
                connections++;
                long due = waiting.remove();
                lane.connect(connected -> lane.ask(connected, due), due);
            } else {
                return;
            }
        }
    }
}
