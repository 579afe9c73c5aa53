package ai.exaone.quota.admission;

import java.util.Arrays;

/** What calls took in 60 seconds, in cells of one second, by when they began. */
final class PassedPerMinute implements PassedCalls {
    private static final int WINDOW = 60;
    private static final int MILLIS = 1_000;

    private final long[] cells = new long[REMEMBERED_SECONDS];
    private long newest = Long.MIN_VALUE / 2;

    @Override
    public boolean take(ShadowCall call, long needed, long amount) {
        long cell = Math.floorDiv(call.startMillis(), MILLIS);
        advance(cell);
        if (cell - WINDOW < newest - cells.length) {
            return true;
        }
        boolean fits = most(cell) <= amount - needed;
        if (fits) {
            cells[slot(cell)] += needed;
        }
        return fits;
    }

    /** What is in the fullest of the 60 seconds that a cell is in. */
    private long most(long cell) {
        long sum = 0;
        for (long one = cell - WINDOW + 1; one <= cell; one++) {
            sum += cells[slot(one)];
        }
        long most = sum;
        for (long last = cell + 1; last < cell + WINDOW && last <= newest; last++) {
            sum += cells[slot(last)] - cells[slot(last - WINDOW)];
            most = Math.max(most, sum);
        }
        return most;
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
