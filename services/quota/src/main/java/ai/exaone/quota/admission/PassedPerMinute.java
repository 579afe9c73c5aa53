package ai.exaone.quota.admission;

/** What calls took in 60 seconds, in cells of one second, by when they began. */
final class PassedPerMinute implements PassedCalls {
    private static final int WINDOW = 60;
    private static final int MILLIS = 1_000;

    private final Cells cells = new Cells(REMEMBERED_SECONDS);

    @Override
    public boolean take(ShadowCall call, long needed, long amount) {
        long cell = Math.floorDiv(call.startMillis(), MILLIS);
        cells.advance(cell);
        if (cell - WINDOW + 1 < cells.oldest()) {
            return true;
        }
        boolean fits = most(cell) <= amount - needed;
        if (fits) {
            cells.add(cell, needed);
        }
        return fits;
    }

    /** What is in the fullest of the 60 seconds that a cell is in. */
    private long most(long cell) {
        long sum = 0;
        for (long one = cell - WINDOW + 1; one <= cell; one++) {
            sum += cells.at(one);
        }
        long most = sum;
        for (long last = cell + 1; last < cell + WINDOW && last <= cells.newest(); last++) {
            sum += cells.at(last) - cells.at(last - WINDOW);
            most = Math.max(most, sum);
        }
        return most;
    }
}
