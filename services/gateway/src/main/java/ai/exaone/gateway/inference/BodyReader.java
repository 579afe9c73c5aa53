package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.OpenAiReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Reads bodies into memory: each up to a length, all together up to a share of the heap. Thread-safe. */
public final class BodyReader {
    private static final int UNIT = 16 * 1024;
    private static final int SHARE_OF_HEAP = 4;

    private final int longest;
    private final Semaphore units;

    /**
     * @param longest bytes of one body
     */
    public BodyReader(int longest) {
        this.longest = longest;
        long share = Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, longest);
        this.units = new Semaphore((int) (share / UNIT));
    }

    /**
     * A body, for as long as it occupies memory.
     *
     * @param held units to give back
     */
    record Body(byte[] bytes, Semaphore units, int held) implements AutoCloseable {
        @Override
        public void close() {
            units.release(held);
        }
    }

    /**
     * Reads a body.
     *
     * @throws PlatformException REQUEST_TOO_LARGE, or GATEWAY_BUSY when there is no memory for it now
     * @throws IOException when the caller breaks off
     */
    Body read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[UNIT];
        int held = 0;
        boolean complete = false;
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (bytes.size() + count > longest) {
                    throw tooLarge();
                }
                bytes.write(buffer, 0, count);
                int needed = bytes.size() / UNIT + 1;
                if (needed > held) {
                    hold(needed - held);
                    held = needed;
                }
            }
            complete = true;
            return new Body(bytes.toByteArray(), units, held);
        } finally {
            if (!complete) {
                units.release(held);
            }
        }
    }

    /** Refuses a body that says itself that it is too long. */
    void requireLength(long length) {
        if (length > longest) {
            throw tooLarge();
        }
    }

    private void hold(int more) {
        if (!units.tryAcquire(more)) {
            throw PlatformException.because(InferenceError.GATEWAY_BUSY, "The platform is busy; try again.")
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
        }
    }

    private PlatformException tooLarge() {
        return new PlatformException(
                OpenAiReason.REQUEST_TOO_LARGE, "The request is longer than the " + longest + " bytes that are taken.");
    }
}
