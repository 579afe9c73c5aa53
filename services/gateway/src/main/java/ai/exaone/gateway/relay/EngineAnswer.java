package ai.exaone.gateway.relay;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine's answer. */
final class EngineAnswer implements UpstreamAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(EngineAnswer.class);

    private final ClassicHttpResponse response;
    private final HttpPost post;
    private final InputStream body;
    private boolean atEnd;

    EngineAnswer(ClassicHttpResponse response, HttpPost post) throws IOException {
        this.response = response;
        this.post = post;
        HttpEntity entity = response.getEntity();
        this.body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public String mediaType() {
        Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.getValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Duration> retryAfter() {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return header != null && header.getValue().matches("[0-9]{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header.getValue())))
                : Optional.empty();
    }

    @Override
    public int read(byte[] buffer) throws UpstreamException {
        try {
            int count = body.read(buffer);
            atEnd = count < 0;
            return count;
        } catch (IOException failure) {
            throw EngineUpstream.translate(failure);
        }
    }

    @Override
    public void close() {
        if (!atEnd) {
            // Closing alone would first read the rest of the answer.
            post.cancel();
        }
        try {
            response.close();
        } catch (IOException broken) {
            LOG.trace("The connection was broken before it was closed", broken);
        }
    }
}
