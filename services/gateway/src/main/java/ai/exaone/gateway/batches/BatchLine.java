package ai.exaone.gateway.batches;

/**
 * A line of a batch's input that has no result yet.
 *
 * @param number of the line in the file, from 1
 * @param position in the file, in bytes
 * @param length in bytes, without the line's end
 * @param attempt how many calls of it are over that brought no result
 * @param failures how many of those an engine failed
 */
record BatchLine(int number, long position, int length, int attempt, int failures) {
    /** As it stands in the input, before anything was tried. */
    static BatchLine fresh(int number, long position, int length) {
        return new BatchLine(number, position, length, 0, 0);
    }
}
