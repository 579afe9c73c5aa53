package ai.exaone.gateway.idempotency;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What an answer said so far, while there is room for it. For one thread. */
public final class Recording implements AutoCloseable {
    private final int most;
    private final AtomicLong room;
    private ByteArrayOutputStream said = new ByteArrayOutputStream();
    private boolean full;

    /**
     * @param most bytes of it
     * @param room bytes that are free for all recordings together
     */
    Recording(int most, AtomicLong room) {
        this.most = most;
        this.room = room;
    }

    /** Adds a piece, or drops all of it where there is no room. */
    public void add(byte[] bytes, int offset, int length) {
        if (full) {
            return;
        }
        if (length > most - said.size() || room.addAndGet(-length) < 0) {
            if (length <= most - said.size()) {
                room.addAndGet(length);
            }
            close();
            full = true;
        } else {
            said.write(bytes, offset, length);
        }
    }

    /** Whether there was no room for all of it. */
    public boolean isFull() {
        return full;
    }

    /** All of it; empty where there was no room. */
    public Optional<byte[]> whole() {
        return full ? Optional.empty() : Optional.of(said.toByteArray());
    }

    /** Gives its room back. */
    @Override
    public void close() {
        room.addAndGet(said.size());
        said = new ByteArrayOutputStream(0);
    }
}
