package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.files.CallerFiles;
import ai.exaone.gateway.relay.CallerListener;
import ai.exaone.gateway.relay.client.HttpExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives out a file piece by piece, no faster than it is taken. For the exchange's event loop. */
final class FileAnswer implements CallerListener {
    private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);
    private static final String BYTES = "application/octet-stream";
    private static final int PIECE = 128 * 1024;

    private final HttpExchange exchange;
    private final CallerFiles.Content file;
    private final Runnable over;
    private long position;
    private boolean reading;
    private boolean done;

    /**
     * @param over run when the file was given out, or is not any more
     */
    FileAnswer(HttpExchange exchange, CallerFiles.Content file, Runnable over) {
        this.exchange = exchange;
        this.file = file;
        this.over = over;
    }

    /**
     * Begins.
     *
     * @param running ends it, as when the caller's key is revoked
     */
    void start(ActiveCall running) {
        // Whatever a caller put into it: browsers are to show none of it.
        exchange.header("x-content-type-options", "nosniff");
        exchange.header("content-disposition", "attachment");
        if (file.length() == 0) {
            exchange.whole(200, BYTES, new byte[0], 0);
            finish();
            return;
        }
        exchange.begin(BYTES, file.length());
        exchange.attend(this);
        running.onEnd(this::broken);
        next();
    }

    private void next() {
        if (done || reading) {
            return;
        }
        reading = true;
        int count = (int) Math.min(PIECE, file.length() - position);
        Later.then(
                Later.aside("file", () -> file.reader().read(position, count)),
                exchange.loop(),
                bytes -> exchange.loop().execute(() -> send(bytes)),
                this::broken);
    }

    private void send(byte[] bytes) {
        reading = false;
        if (done) {
            return;
        }
        position += bytes.length;
        exchange.write(bytes);
        if (position == file.length()) {
            exchange.end();
            finish();
            return;
        }
        exchange.flush();
        if (exchange.writable()) {
            next();
        }
    }

    /** It was deleted, the store is away, or the key was revoked: the length that was announced is not reached. */
    private void broken(PlatformException failure) {
        if (!done) {
            LOG.warn("A file breaks off at byte {}", position, failure);
            exchange.abort();
            finish();
        }
    }

    private void finish() {
        if (!done) {
            done = true;
            over.run();
        }
    }

    @Override
    public void writable() {
        if (position < file.length()) {
            next();
        }
    }

    @Override
    public void gone() {
        finish();
    }
}
