package ai.exaone.gateway.metering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The segment that is being written. Appends are for one thread at a time; {@link #sync} may run beside them. */
final class SpoolSegment implements AutoCloseable {
    private final long number;
    private final FileChannel channel;
    private long length;

    private SpoolSegment(long number, FileChannel channel) {
        this.number = number;
        this.channel = channel;
    }

    static SpoolSegment create(long number, Path file) throws IOException {
        return new SpoolSegment(
                number, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    long number() {
        return number;
    }

    long length() {
        return length;
    }

    /**
     * Writes one frame whole, or leaves the segment as it was.
     *
     * @throws IOException when the disk refuses
     */
    void append(ByteBuffer frame) throws IOException {
        int size = frame.remaining();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame, length + size - frame.remaining());
            }
        } catch (IOException refused) {
            channel.truncate(length);
            throw refused;
        }
        length += size;
    }

    /** Returns when everything appended before is on the disk. */
    void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
