package ai.exaone.gateway.relay.client;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.RelayError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that bodies of requests may occupy together: a share of the heap. Thread-safe. */
public final class BodyMemory {
    private static final int SHARE_OF_HEAP = 4;

    private final AtomicLong free;

    /**
     * @param longest bytes of one body, for which there is always room when there is no other
     */
    public BodyMemory(int longest) {
        this.free = new AtomicLong(Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, longest));
    }

    /** What one body occupies. For one thread. */
    public final class Share implements AutoCloseable {
        private long bytes;

        /**
         * Takes more.
         *
         * @throws PlatformException GATEWAY_BUSY when there is no room for it now
         */
        public void grow(long more) {
            if (free.addAndGet(-more) < 0) {
                free.addAndGet(more);
                throw PlatformException.because(RelayError.GATEWAY_BUSY, "The platform is busy; try again.")
                        .retryAfter(Duration.ofSeconds(1))
                        .build();
            }
            bytes += more;
        }

        /** Gives everything back; once. */
        @Override
        public void close() {
            free.addAndGet(bytes);
            bytes = 0;
        }
    }

    /** A share that is empty yet. */
    public Share share() {
        return new Share();
    }
}
