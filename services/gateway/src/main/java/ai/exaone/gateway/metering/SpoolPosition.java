package ai.exaone.gateway.metering;

/**
 * A place between two frames of the spool. Positions order as they were written.
 *
 * @param segment the segment's number, rising
 * @param offset bytes from the segment's beginning
 */
public record SpoolPosition(long segment, long offset) implements Comparable<SpoolPosition> {
    /** Before everything. */
    public static final SpoolPosition BEGINNING = new SpoolPosition(0, 0);

    public SpoolPosition {
        if (segment < 0 || offset < 0) {
            throw new IllegalArgumentException("Not a position: " + segment + ":" + offset);
        }
    }

    /** So many bytes further in the same segment. */
    SpoolPosition plus(long bytes) {
        return new SpoolPosition(segment, offset + bytes);
    }

    @Override
    public int compareTo(SpoolPosition other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment == 0 ? Long.compare(offset, other.offset) : bySegment;
    }
}
