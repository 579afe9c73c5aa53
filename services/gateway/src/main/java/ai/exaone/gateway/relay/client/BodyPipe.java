package ai.exaone.gateway.relay.client;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.RelayError;
import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the event loop to a thread that reads it and may block. What is under way is bounded: while there is
 * much of it, nothing more is read from the caller. What goes wrong with the body is thrown at the reader as a {@link PlatformException}.
 */
public final class BodyPipe extends InputStream {
    private static final int MUCH = 512 * 1024;

    private final Duration longestWait;
    private final Runnable readOn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int offset;
    private int bytes;
    private boolean whole;
    private boolean closed;
    private @Nullable PlatformException failure;

    /**
     * @param longestWait for the next piece
     * @param readOn told from the reader's thread that there is room again
     */
    BodyPipe(Duration longestWait, Runnable readOn) {
        this.longestWait = longestWait;
        this.readOn = readOn;
    }

    // The event loop's end.

    boolean wantsMore() {
        return locked(() -> closed || bytes < MUCH);
    }

    void add(ByteBuf piece) {
        byte[] copy = new byte[piece.readableBytes()];
        piece.readBytes(copy);
        locked(() -> {
            if (!closed && copy.length > 0) {
                pieces.add(copy);
                bytes += copy.length;
                changed.signal();
            }
            return true;
        });
    }

    void end() {
        locked(() -> {
            whole = true;
            changed.signal();
            return true;
        });
    }

    /** Has the reader fail, whatever is still to come. */
    public void fail(PlatformException reason) {
        locked(() -> {
            failure = reason;
            changed.signal();
            return true;
        });
    }

    // The reader's end.

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        int count;
        boolean room;
        try {
            awaitPiece();
            byte[] piece = pieces.peek();
            if (piece == null) {
                return -1;
            }
            count = Math.min(length, piece.length - offset);
            System.arraycopy(piece, offset, into, at, count);
            offset += count;
            if (offset == piece.length) {
                pieces.remove();
                offset = 0;
            }
            room = bytes >= MUCH && bytes - count < MUCH;
            bytes -= count;
        } finally {
            lock.unlock();
        }
        if (room) {
            readOn.run();
        }
        return count;
    }

    private void awaitPiece() {
        long left = longestWait.toNanos();
        while (pieces.isEmpty() && !whole && failure == null) {
            if (left <= 0) {
                throw new PlatformException(RelayError.REQUEST_TOO_SLOW, "The request did not arrive in time.");
            }
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw PlatformException.internal(stopped);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Nothing more is wanted: what is still to come is let go. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            pieces.clear();
            bytes = 0;
            return true;
        });
        readOn.run();
    }

    private boolean locked(BooleanSupplier work) {
        lock.lock();
        try {
            return work.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
