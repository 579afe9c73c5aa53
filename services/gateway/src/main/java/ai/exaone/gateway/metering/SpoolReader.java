package ai.exaone.gateway.metering;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the spool in the order it was written. */
final class SpoolReader {
    /** Read at once: more than one frame, and little beyond the ended calls that are wanted. */
    private static final int READ_BYTES = 128 * 1024;

    private final SpoolDirectory directory;

    SpoolReader(SpoolDirectory directory) {
        this.directory = directory;
    }

    /**
     * A stretch of the spool.
     *
     * @param to the place after its last frame
     * @param ended the calls that ended in it, in order
     */
    record Stretch(SpoolPosition to, List<DrainedCall> ended) {}

    /** Takes every entry of a stretch. */
    interface Visitor {
        void visit(long segment, SpoolEntry entry);
    }

    /**
     * Collects ended calls from a place on.
     *
     * @param from where to begin; a place in a segment that is gone means the oldest there is after it
     * @param written the place after the last frame that is certainly whole
     * @param most ended calls to collect
     */
    Stretch read(SpoolPosition from, SpoolPosition written, int most) throws IOException {
        List<DrainedCall> ended = new ArrayList<>();
        SpoolPosition place = from;
        while (ended.size() < most && place.compareTo(written) < 0) {
            Optional<SpoolPosition> next = step(place, written, most, ended);
            if (next.isEmpty()) {
                break;
            }
            place = next.get();
        }
        return new Stretch(place, List.copyOf(ended));
    }

    /**
     * Visits all entries of one segment.
     *
     * @return the offset after its last whole frame
     */
    long visit(long segment, Visitor visitor) throws IOException {
        SpoolPosition place = new SpoolPosition(segment, 0);
        SpoolPosition end = new SpoolPosition(segment, directory.length(segment));
        while (place.compareTo(end) < 0) {
            SpoolPosition next = frames(place, end.offset(), visitor);
            if (next.equals(place)) {
                break;
            }
            place = next;
        }
        return place.offset();
    }

    /** One read of frames, or the step into the next segment; empty where neither is possible. */
    private Optional<SpoolPosition> step(SpoolPosition place, SpoolPosition written, int most, List<DrainedCall> ended)
            throws IOException {
        long limit = place.segment() == written.segment() ? written.offset() : directory.length(place.segment());
        SpoolPosition next = place.offset() < limit ? ends(place, limit, most, ended) : place;
        if (!next.equals(place)) {
            return Optional.of(next);
        }
        return directory.segments().stream()
                .filter(segment -> segment > place.segment() && segment <= written.segment())
                .findFirst()
                .map(segment -> new SpoolPosition(segment, 0));
    }

    private SpoolPosition frames(SpoolPosition place, long limit, Visitor visitor) throws IOException {
        byte[] bytes = bytes(place, limit);
        int offset = 0;
        while (true) {
            Optional<SpoolFrame.Read> read = SpoolFrame.read(bytes, offset, bytes.length);
            if (read.isEmpty()) {
                return place.plus(offset);
            }
            visitor.visit(place.segment(), read.get().entry());
            offset += read.get().length();
        }
    }

    /** Collects ended calls, and passes over what is said of those that run. */
    private SpoolPosition ends(SpoolPosition place, long limit, int most, List<DrainedCall> ended) throws IOException {
        byte[] bytes = bytes(place, limit);
        int offset = 0;
        while (ended.size() < most) {
            int length = SpoolFrame.length(bytes, offset, bytes.length);
            if (length == 0) {
                break;
            }
            if (!SpoolFrame.isOfRunning(bytes, offset)) {
                Optional<DrainedCall> end = SpoolFrame.ended(bytes, offset, length);
                if (end.isEmpty()) {
                    break;
                }
                ended.add(end.get());
            }
            offset += length;
        }
        return place.plus(offset);
    }

    private byte[] bytes(SpoolPosition place, long limit) throws IOException {
        return directory.read(place.segment(), place.offset(), (int) Math.min(READ_BYTES, limit - place.offset()));
    }
}
