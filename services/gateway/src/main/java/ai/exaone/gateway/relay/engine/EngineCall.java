package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.relay.UpstreamCall;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.relay.UpstreamException.Kind;
import ai.exaone.gateway.relay.UpstreamHead;
import ai.exaone.gateway.relay.UpstreamListener;
import ai.exaone.gateway.relay.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to one engine. A connection that waited in the pool may have been closed by the engine in the same moment: where such
 * a one is lost before any byte of an answer, the request is sent once more on a new one.
 */
final class EngineCall implements UpstreamCall {
    private final EnginePool pool;
    private final UpstreamRequest request;
    private final UpstreamListener listener;
    private @Nullable EngineConnection connection;
    private boolean waited;
    private boolean answered;
    private boolean paused;
    private boolean over;

    EngineCall(EnginePool pool, UpstreamRequest request, UpstreamListener listener) {
        this.pool = pool;
        this.request = request;
        this.listener = listener;
    }

    void start() {
        Optional<EngineConnection> waiting = pool.take();
        if (waiting.isPresent()) {
            waited = true;
            serve(waiting.get());
        } else {
            connect();
        }
    }

    UpstreamRequest request() {
        return request;
    }

    private void connect() {
        pool.connect(request.connectTimeout(), this::serve, this::unreachable);
    }

    private void serve(EngineConnection connected) {
        if (over) {
            connected.close();
            return;
        }
        connection = connected;
        connected.serve(this);
    }

    private void unreachable(Throwable cause) {
        fail(Kind.UNREACHABLE, cause);
    }

    void head(UpstreamHead head) {
        answered = true;
        listener.head(head);
    }

    void body(ByteBuf content) {
        int length = content.readableBytes();
        byte[] bytes = Scratch.copy(content);
        listener.body(bytes, 0, length);
    }

    void drained() {
        if (!over) {
            listener.drained();
        }
    }

    /** The connection delivered the answer to its true end. */
    void complete() {
        connection = null;
        if (!over) {
            over = true;
            listener.end();
        }
    }

    /** The connection is gone before that. */
    void lost(Throwable cause) {
        connection = null;
        if (over) {
            return;
        }
        if (waited && !answered) {
            waited = false;
            connect();
        } else {
            fail(Kind.BROKEN, cause);
        }
    }

    private void fail(Kind kind, Throwable cause) {
        if (!over) {
            over = true;
            listener.failed(new UpstreamException(kind, cause));
        }
    }

    @Override
    public void pause() {
        if (!paused && connection != null) {
            paused = true;
            connection.read(false);
        }
    }

    @Override
    public void resume() {
        if (paused && connection != null) {
            paused = false;
            connection.read(true);
        }
    }

    @Override
    public void finish() {
        over = true;
        if (connection != null) {
            connection.finish();
            connection = null;
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
