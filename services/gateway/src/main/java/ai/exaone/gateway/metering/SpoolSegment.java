package ai.exaone.gateway.metering;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The segment that is being written: a file of its full size, whose blocks the disk has given before the first frame comes, mapped into
 * memory. What is stored there is the kernel's, and outlives this process as what {@code write(2)} hands over does; but it takes
 * no system call, and its {@code fdatasync} no change of the file's length. Zeros follow the last frame; no frame begins with them.
 * Appends are for one thread at a time; {@link #sync} may run beside them.
 */
final class SpoolSegment implements AutoCloseable {
    private static final int ZEROS = 1 << 20;

    private final long number;
    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment bytes;
    private long length;

    @SuppressWarnings("MustBeClosedChecker") // The arena is closed with the segment.
    private SpoolSegment(long number, FileChannel channel, long capacity) throws IOException {
        this.number = number;
        this.channel = channel;
        this.arena = Arena.ofShared();
        this.bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, capacity, arena);
    }

    /**
     * Makes a segment with all its blocks, durably but for its name.
     *
     * @param capacity bytes of frames that it takes
     * @throws IOException when the disk refuses; then there is no such file
     */
    static SpoolSegment create(long number, Path file, long capacity) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            fill(channel, capacity);
            return new SpoolSegment(number, channel, capacity);
        } catch (IOException refused) {
            channel.close();
            Files.delete(file);
            throw refused;
        }
    }

    /** Without its blocks, a full disk would show as a fault of memory in the middle of a frame. */
    private static void fill(FileChannel channel, long capacity) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, capacity));
        for (long filled = 0; filled < capacity; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), capacity - filled));
            filled += channel.write(zeros, filled);
        }
        channel.force(true);
    }

    long number() {
        return number;
    }

    long length() {
        return length;
    }

    boolean takes(int frameBytes) {
        return length + frameBytes <= bytes.byteSize();
    }

    boolean halfFull() {
        return length > bytes.byteSize() / 2;
    }

    /**
     * Writes one frame whole; otherwise the segment is as it was, since what is behind its length does not count.
     *
     * @throws IOException when the disk no longer answers, or the segment is closed
     */
    void append(ByteBuffer frame) throws IOException {
        int size = frame.remaining();
        try {
            MemorySegment.copy(
                    frame.array(), frame.arrayOffset() + frame.position(), bytes, ValueLayout.JAVA_BYTE, length, size);
        } catch (InternalError fault) {
            // So Java says SIGBUS: a page of the file could not be read back.
            throw new IOException("The disk refuses a page of the usage spool", fault);
        } catch (IllegalStateException closed) {
            throw new IOException("The usage spool is closed", closed);
        }
        length += size;
    }

    /** Returns when everything appended before is on the disk. */
    void sync() throws IOException {
        channel.force(false);
    }

    /** Ends the segment after its last frame. */
    @Override
    public void close() throws IOException {
        arena.close();
        try (channel) {
            channel.truncate(length);
        }
    }
}
