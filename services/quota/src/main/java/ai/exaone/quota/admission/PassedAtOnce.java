package ai.exaone.quota.admission;

/**
 * How many calls ran at once, in cells of 50 milliseconds. A call counts in the cells that it ran in from beginning to end, so that no two calls
 * that follow on each other seem to run at once.
 */
final class PassedAtOnce implements PassedCalls {
    private static final int MILLIS = 50;

    private final Cells cells = new Cells(REMEMBERED_SECONDS * (1_000 / MILLIS));

    @Override
    public boolean take(ShadowCall call, long needed, long amount) {
        long end = Math.floorDiv(call.endMillis(), MILLIS);
        cells.advance(end);
        long first = Math.max(Math.ceilDiv(call.startMillis(), MILLIS), cells.oldest());
        for (long cell = first; cell < end; cell++) {
            if (cells.at(cell) + needed > amount) {
                return false;
            }
        }
        for (long cell = first; cell < end; cell++) {
            cells.add(cell, needed);
        }
        return needed <= amount;
    }
}
