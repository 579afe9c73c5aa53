package ai.exaone.quota.admission;

import java.util.Arrays;

/**
 * How many calls ran at once, in cells of 50 milliseconds. A call counts in the cells that it ran in from beginning to end, so that no two calls
 * that follow on each other seem to run at once.
 */
final class PassedAtOnce implements PassedCalls {
    private static final int MILLIS = 50;

    private final int[] cells = new int[REMEMBERED_SECONDS * (1_000 / MILLIS)];
    private long newest = Long.MIN_VALUE / 2;

    @Override
    public boolean take(ShadowCall call, long needed, long amount) {
        long end = Math.floorDiv(call.endMillis(), MILLIS);
        advance(end);
        long first = Math.max(Math.ceilDiv(call.startMillis(), MILLIS), newest - cells.length + 1);
        for (long cell = first; cell < end; cell++) {
            if (cells[slot(cell)] + needed > amount) {
                return false;
            }
        }
        for (long cell = first; cell < end; cell++) {
            cells[slot(cell)] += (int) needed;
        }
        return needed <= amount;
    }

    private void advance(long cell) {
        if (cell - newest >= cells.length) {
            Arrays.fill(cells, 0);
            newest = cell;
        }
        while (newest < cell) {
            newest++;
            cells[slot(newest)] = 0;
        }
    }

    private int slot(long cell) {
        return Math.floorMod(cell, cells.length);
    }
}
