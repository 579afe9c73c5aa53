package ai.exaone.bench.load;

import java.time.Duration;

/** Each caller asks again as soon as it is free. */
final class ClosedPacing implements Pacing {
    private static final Duration BEFORE_NEXT_CONNECTION = Duration.ofMillis(5);

    private final Lane lane;
    private final Window window;
    private final int callers;
    private final Duration spread;

    ClosedPacing(Lane lane, Window window, int callers, Duration spread) {
        this.lane = lane;
        this.window = window;
        this.callers = callers;
        this.spread = spread;
    }

    @Override
    public void begin() {
        for (int caller = 0; caller < callers; caller++) {
            lane.after(spread.multipliedBy(caller).dividedBy(callers), this::connect);
        }
    }

    @Override
    public void free(Caller caller) {
        long now = System.nanoTime();
        if (window.isOver(now)) {
            caller.close();
        } else {
            lane.ask(caller, now);
        }
    }

    @Override
    public void lost() {
        lane.after(BEFORE_NEXT_CONNECTION, this::connect);
    }

    /** By when it ends: in a steady state as many begin before the measured time as end after it. */
    @Override
    public boolean counts(long due, long now) {
        return window.has(now);
    }

    @Override
    public long waiting() {
        return 0;
    }

    private void connect() {
        long now = System.nanoTime();
        if (!window.isOver(now)) {
            lane.connect(this::free, now);
        }
    }
}
