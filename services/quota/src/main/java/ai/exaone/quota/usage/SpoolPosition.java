package ai.exaone.quota.usage;

/**
 * A place in a gateway's spool.
 *
 * @param segment the segment's number, rising
 * @param offset bytes into the segment
 */
public record SpoolPosition(long segment, long offset) {
    public static final SpoolPosition BEGINNING = new SpoolPosition(0, 0);
}
