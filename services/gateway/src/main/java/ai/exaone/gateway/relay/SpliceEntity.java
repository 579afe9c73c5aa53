package ai.exaone.gateway.relay;

import ai.exaone.gateway.openai.Splice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A spliced body, written from where it lies. */
final class SpliceEntity extends AbstractHttpEntity {
    private final Splice body;

    SpliceEntity(Splice body) {
        super(ContentType.APPLICATION_JSON, null);
        this.body = body;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("A spliced body is only written");
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }

    @Override
    public void close() {
        // The body is memory: there is nothing to close.
    }
}
