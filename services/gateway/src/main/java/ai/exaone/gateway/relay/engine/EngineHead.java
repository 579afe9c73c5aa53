package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.relay.UpstreamHead;
import ai.exaone.gateway.relay.wire.PlainHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * The head of an engine's answer, as far as it matters.
 *
 * @param length bytes of the body; negative when unknown
 * @param reusable whether the engine keeps the connection open after it
 */
record EngineHead(
        int status,
        @Nullable String contentType,
        long length,
        @Nullable String retryAfter,
        boolean reusable) {
    private static final int OK = 200;

    /** A head that Netty's decoder read. */
    static EngineHead of(HttpResponse head) {
        return new EngineHead(
                head.status().code(),
                head.headers().get(HttpHeaderNames.CONTENT_TYPE),
                HttpUtil.isTransferEncodingChunked(head) ? -1 : HttpUtil.getContentLength(head, -1L),
                head.headers().get(HttpHeaderNames.RETRY_AFTER),
                HttpUtil.isKeepAlive(head));
    }

    /** The head of an answer that is what it should be; null where the lines say more of the message than its length. */
    static @Nullable EngineHead of(PlainHeaders lines) {
        long length = lines.number("content-length");
        if (length < 0 || lines.has("transfer-encoding") || lines.has("upgrade")) {
            return null;
        }
        String connection = lines.first("connection");
        boolean stays = connection == null || (lines.hasOne("connection") && connection.equalsIgnoreCase("keep-alive"));
        return stays ? new EngineHead(OK, lines.first("content-type"), length, lines.first("retry-after"), true) : null;
    }

    UpstreamHead toUpstreamHead() {
        return UpstreamHead.of(status, contentType, length, retryAfter);
    }
}
