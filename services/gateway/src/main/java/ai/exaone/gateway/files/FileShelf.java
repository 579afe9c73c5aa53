package ai.exaone.gateway.files;

import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.StoredTime;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/** Writes and reads what is in files. Blocks. Thread-safe; its writers and readers are for one thread each. */
public final class FileShelf {
    /** Bytes of every chunk but the last. Once files are kept it stays what it is. */
    static final int CHUNK = 256 * 1024;

    /** A file that is written for longer than this is taken for abandoned. */
    private static final Duration LONGEST_WRITING = Duration.ofHours(12);

    private final FileStore store;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * @param ids makes ids of files
     */
    public FileShelf(FileStore store, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins a file. Nobody sees it before it is ready. */
    public Writer begin(ProjectScope scope, FilePurpose purpose, String filename) {
        Instant now = StoredTime.of(clock.instant());
        Instant abandonedAt = now.plus(LONGEST_WRITING);
        StoredFile file = new StoredFile(ids.get(), purpose, filename, 0, now, abandonedAt);
        store.begin(scope, file, abandonedAt);
        return new Writer(scope, file, abandonedAt);
    }

    /**
     * How long a file is.
     *
     * @param at a moment at which it was there
     * @throws ai.exaone.errors.PlatformException FILE_NOT_FOUND
     */
    public long length(ProjectScope scope, String fileId, Instant at) {
        return store.find(scope, fileId, at)
                .orElseThrow(() -> FileError.notFound(fileId))
                .bytes();
    }

    /** Reads a file of the project. */
    public Reader read(String fileId) {
        return new Reader(fileId);
    }

    /** Writes one file. It is abandoned where it is closed before it was completed. */
    public final class Writer extends OutputStream {
        private final ProjectScope scope;
        private final StoredFile file;
        private final Instant abandonedAt;
        private final byte[] chunk = new byte[CHUNK];
        private int length;
        private int number;
        private long total;
        private boolean completed;

        private Writer(ProjectScope scope, StoredFile file, Instant abandonedAt) {
            this.scope = scope;
            this.file = file;
            this.abandonedAt = abandonedAt;
        }

        /** Bytes so far. */
        public long total() {
            return total;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            int from = offset;
            int left = count;
            while (left > 0) {
                int taken = Math.min(left, CHUNK - length);
                System.arraycopy(bytes, from, chunk, length, taken);
                length += taken;
                from += taken;
                left -= taken;
                if (length == CHUNK) {
                    store();
                }
            }
            total += count;
        }

        private void store() {
            store.add(file.id(), number, Arrays.copyOf(chunk, length));
            number++;
            length = 0;
        }

        /** Writes the rest; somebody else makes it ready, with {@link MySqlFileStore#ready}. Returns the file's id. */
        public String complete() {
            store.complete(scope, finished(file.filename(), file.purpose()), abandonedAt);
            return file.id();
        }

        /**
         * Writes the rest and makes it ready.
         *
         * @param retention how long it is kept
         */
        StoredFile ready(String filename, FilePurpose purpose, Duration retention) {
            StoredFile whole = finished(filename, purpose);
            StoredFile ready = new StoredFile(
                    whole.id(),
                    whole.purpose(),
                    whole.filename(),
                    whole.bytes(),
                    whole.createdAt(),
                    whole.createdAt().plus(retention));
            store.ready(scope, ready);
            return ready;
        }

        private StoredFile finished(String filename, FilePurpose purpose) {
            if (length > 0) {
                store();
            }
            completed = true;
            return new StoredFile(file.id(), purpose, filename, total, file.createdAt(), file.expiresAt());
        }

        @Override
        public void close() {
            if (!completed) {
                store.abandon(file.id());
            }
        }
    }

    /** Reads stretches of one file, and keeps the chunk that it read last. */
    public final class Reader {
        private final String fileId;
        private byte[] chunk = new byte[0];
        private int number = -1;

        private Reader(String fileId) {
            this.fileId = fileId;
        }

        /**
         * Some bytes, which must lie within the file.
         *
         * @throws ai.exaone.errors.PlatformException FILE_NOT_FOUND where the file is gone
         */
        public byte[] read(long position, int length) {
            byte[] bytes = new byte[length];
            int done = 0;
            while (done < length) {
                long at = position + done;
                turnTo((int) (at / CHUNK));
                int offset = (int) (at % CHUNK);
                int count = Math.min(length - done, chunk.length - offset);
                if (count <= 0) {
                    throw new IndexOutOfBoundsException(fileId + " ends before byte " + at);
                }
                System.arraycopy(chunk, offset, bytes, done, count);
                done += count;
            }
            return bytes;
        }

        private void turnTo(int wanted) {
            if (number != wanted) {
                chunk = store.chunk(fileId, wanted).orElseThrow(() -> FileError.notFound(fileId));
                number = wanted;
            }
        }
    }
}
