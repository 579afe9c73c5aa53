package ai.exaone.gateway.relay.client;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head that Netty's codec read. */
record CodecHead(HttpRequest request) implements ExchangeHead {
    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String target() {
        return request.uri();
    }

    @Override
    public boolean isOld() {
        return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }

    @Override
    public boolean keepsAlive() {
        return HttpUtil.isKeepAlive(request);
    }

    @Override
    public long bodyLength() {
        return isMalformed() || HttpUtil.isTransferEncodingChunked(request)
                ? -1
                : HttpUtil.getContentLength(request, 0L);
    }

    @Override
    public boolean awaitsContinue() {
        return HttpUtil.is100ContinueExpected(request);
    }

    @Override
    public boolean isMalformed() {
        return request.decoderResult().isFailure();
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return request.headers().get(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return request.headers().getAll(name);
    }
}
