package ai.exaone.agents.tool.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of which no more than a bound is read. */
final class BoundedBody extends FilterInputStream {
    private long left;
    private boolean ended;

    BoundedBody(InputStream body, long bound) {
        super(body);
        this.left = bound;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? value : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    /** Whether all of the body was read. */
    boolean ended() {
        return ended;
    }

    private void count(int bytes) throws IOException {
        if (bytes < 0) {
            ended = true;
            return;
        }
        left -= bytes;
        if (left < 0) {
            throw new OutboundResponse.TooLarge();
        }
    }
}
