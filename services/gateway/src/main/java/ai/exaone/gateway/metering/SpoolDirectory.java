package ai.exaone.gateway.metering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the spool: one per segment, named by its number. */
final class SpoolDirectory {
    private static final String SUFFIX = ".spool";
    private static final Pattern NAME = Pattern.compile("[0-9]{19}" + Pattern.quote(SUFFIX));

    private static final int READ_BYTES = 128 * 1024;

    private final Path directory;

    SpoolDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Numbers of the segments there are, rising. */
    List<Long> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.valueOf(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted()
                    .toList();
        }
    }

    Path file(long segment) {
        return directory.resolve(String.format("%019d%s", segment, SUFFIX));
    }

    /**
     * Creates a segment, durably.
     *
     * @param capacity bytes of frames that it takes
     */
    SpoolSegment create(long segment, long capacity) throws IOException {
        SpoolSegment created = SpoolSegment.create(segment, file(segment), capacity);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        return created;
    }

    /** Bytes of a segment; 0 when there is none. */
    long length(long segment) throws IOException {
        Path file = file(segment);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Reads at most {@code limit} bytes of a segment; fewer at its end. */
    byte[] read(long segment, long offset, int limit) throws IOException {
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.READ)) {
            int size = (int) Math.max(0, Math.min(limit, channel.size() - offset));
            ByteBuffer bytes = ByteBuffer.allocate(size);
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                continue;
            }
            return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
        }
    }

    /** The offset after the last byte of a segment that is not zero; no less than an offset before which all is known. */
    long written(long segment, long known) throws IOException {
        long written = known;
        byte[] bytes;
        for (long offset = known; (bytes = read(segment, offset, READ_BYTES)).length > 0; offset += bytes.length) {
            for (int last = bytes.length - 1; last >= 0; last--) {
                if (bytes[last] != 0) {
                    written = offset + last + 1;
                    break;
                }
            }
        }
        return written;
    }

    void truncate(long segment, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    /** Keeps a copy of a segment under a name that is no segment's. */
    void keepCopy(long segment) throws IOException {
        Path file = file(segment);
        Files.copy(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(long segment) throws IOException {
        Files.deleteIfExists(file(segment));
    }

    /** Bytes of the disk that are free to us. */
    long freeBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
