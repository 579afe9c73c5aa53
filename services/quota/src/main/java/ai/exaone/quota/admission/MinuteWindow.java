package ai.exaone.quota.admission;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What was taken lately, in cells of one second. A cell counts until 60 whole seconds after its end: 61 cells are in the window, so
 * any 60 seconds, wherever they begin, are inside of it. Not thread-safe.
 */
final class MinuteWindow {
    static final int CELLS = 61;
    private static final long NANOS_PER_CELL = 1_000_000_000L;

    private final long[] cells = new long[CELLS];
    private long newest = Long.MIN_VALUE / 2;
    private long total;

    /** Adds to a cell, or takes from it; a cell that left the window, or never came, no longer counts. */
    void add(long now, long cell, long amount) {
        advance(now);
        if (cell > newest - CELLS && cell <= newest) {
            cells[slot(cell)] += amount;
            total += amount;
        }
    }

    /** Adds all that is in another window. */
    void addAll(long now, MinuteWindow other) {
        advance(now);
        other.advance(now);
        for (long cell = newest - CELLS + 1; cell <= newest; cell++) {
            add(now, cell, other.cells[slot(cell)]);
        }
    }

    /** What is in the window. */
    long used(long now) {
        advance(now);
        return total;
    }

    /**
     * How long until so much is free, if nothing else is taken.
     *
     * @return nanoseconds; 0 if it is free now; empty if the limit is below the amount
     */
    OptionalLong nanosUntilFree(Moment now, long amount, long limit) {
        if (amount > limit) {
            return OptionalLong.empty();
        }
        advance(now.cell());
        long used = total;
        long wait = 0;
        for (long cell = newest - CELLS + 1; used > limit - amount && cell <= newest; cell++) {
            used -= cells[slot(cell)];
            wait = nanosUntilGone(now, cell);
        }
        return OptionalLong.of(wait);
    }

    /** Nanoseconds until the window is empty, if nothing else is taken. */
    long nanosUntilEmpty(Moment now) {
        advance(now.cell());
        for (long cell = newest; cell > newest - CELLS; cell--) {
            if (cells[slot(cell)] != 0) {
                return nanosUntilGone(now, cell);
            }
        }
        return 0;
    }

    boolean isEmpty(long now) {
        advance(now);
        return Arrays.stream(cells).allMatch(cell -> cell == 0);
    }

    private void advance(long now) {
        if (now - newest >= CELLS) {
            Arrays.fill(cells, 0);
            total = 0;
            newest = now;
        }
        while (newest < now) {
            newest++;
            int slot = slot(newest);
            total -= cells[slot];
            cells[slot] = 0;
        }
    }

    private static long nanosUntilGone(Moment now, long cell) {
        return (cell + CELLS) * NANOS_PER_CELL - now.nanos();
    }

    private static int slot(long cell) {
        return Math.floorMod(cell, CELLS);
    }
}
