package ai.exaone.quota.admission;

import java.util.Arrays;

/** Numbers of the latest stretches of time, each of the same length and numbered on; older ones are forgotten. Not thread-safe. */
final class Cells {
    private final long[] numbers;
    private long newest = Long.MIN_VALUE / 2;

    /** @param count how many are remembered */
    Cells(int count) {
        this.numbers = new long[count];
    }

    /** Goes on to a cell, unless it is there already. */
    void advance(long cell) {
        if (cell - newest >= numbers.length) {
            Arrays.fill(numbers, 0);
            newest = cell;
        }
        while (newest < cell) {
            newest++;
            numbers[slot(newest)] = 0;
        }
    }

    long newest() {
        return newest;
    }

    /** The first that is remembered. */
    long oldest() {
        return newest - numbers.length + 1;
    }

    /** The number of a cell that is remembered. */
    long at(long cell) {
        return numbers[slot(cell)];
    }

    /** Adds to a cell that is remembered. */
    void add(long cell, long number) {
        numbers[slot(cell)] += number;
    }

    private int slot(long cell) {
        return Math.floorMod(cell, numbers.length);
    }
}
