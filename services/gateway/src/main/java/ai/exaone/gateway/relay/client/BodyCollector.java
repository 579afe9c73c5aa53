package ai.exaone.gateway.relay.client;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.OpenAiReason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects one body. What is not here yet is not reserved either, save a little, so that a promise of many bytes costs nothing. */
final class BodyCollector {
    private static final int FIRST_CAPACITY = 4 * 1024;
    /** What is reserved for an announced length before anything came, and once this much came. */
    private static final int LITTLE = 64 * 1024;

    private static final int MUCH = 1024 * 1024;

    private final int longest;
    private final BodyMemory.Share share;
    private byte[] bytes = new byte[0];
    private int length;

    BodyCollector(int longest, BodyMemory.Share share) {
        this.longest = longest;
        this.share = share;
    }

    BodyMemory.Share share() {
        return share;
    }

    /**
     * Prepares for a body.
     *
     * @param announced its length in bytes; negative when unknown
     * @throws PlatformException REQUEST_TOO_LARGE, GATEWAY_BUSY
     */
    void expect(long announced) {
        if (announced > longest) {
            throw tooLarge();
        }
        enlarge(announced < 0 ? FIRST_CAPACITY : (int) Math.min(announced, LITTLE));
    }

    /**
     * Adds what came.
     *
     * @param announced the whole body's length in bytes; negative when unknown
     * @throws PlatformException REQUEST_TOO_LARGE, GATEWAY_BUSY
     */
    void add(ByteBuf piece, long announced) {
        int count = piece.readableBytes();
        if (count > longest - length) {
            throw tooLarge();
        }
        int needed = length + count;
        if (needed > bytes.length) {
            long bound = announced < 0 ? longest : announced;
            long wanted = bytes.length < LITTLE ? LITTLE : Math.max(MUCH, 2L * bytes.length);
            enlarge((int) Math.max(needed, Math.min(bound, wanted)));
        }
        piece.readBytes(bytes, length, count);
        length = needed;
    }

    /** What was collected. */
    byte[] whole() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void enlarge(int capacity) {
        share.grow((long) capacity - bytes.length);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private PlatformException tooLarge() {
        return new PlatformException(
                OpenAiReason.REQUEST_TOO_LARGE, "The request is longer than the " + longest + " bytes that are taken.");
    }
}
