package ai.exaone.gateway.relay.engine;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads engines' answers, and says whether a connection delivered more than the answer that was asked for. */
final class EngineDecoder extends HttpResponseDecoder {
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int LONGEST_HEAD = 32 * 1024;

    EngineDecoder() {
        super(new HttpDecoderConfig()
                .setMaxChunkSize(LONGEST_PIECE)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxInitialLineLength(LONGEST_HEAD));
    }

    /** Whether bytes are left over; such a connection must not be used again, or one caller could be answered with another's. */
    boolean hasSurplus() {
        return actualReadableBytes() > 0;
    }
}
