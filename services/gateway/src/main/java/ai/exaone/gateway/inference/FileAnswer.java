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
    private long position;
    private boolean reading;
    private boolean gone;

    FileAnswer(HttpExchange exchange, CallerFiles.Content file) {
        this.exchange = exchange;
        this.file = file;
    }

    void start() {
        // Whatever a caller put into it: browsers are to show none of it.
        exchange.header("x-content-type-options", "nosniff");
        exchange.header("content-disposition", "attachment");
        if (file.length() == 0) {
            exchange.whole(200, BYTES, new byte[0], 0);
            return;
        }
        exchange.begin(BYTES, file.length());
        exchange.attend(this);
        next();
    }

    private void next() {
        if (gone || reading) {
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
        position += bytes.length;
        exchange.write(bytes);
        if (position == file.length()) {
            exchange.end();
            return;
        }
        exchange.flush();
        if (exchange.writable()) {
            next();
        }
    }

    /** It was deleted, or the store is away: the length that was announced is not reached. */
    private void broken(PlatformException failure) {
        LOG.warn("A file breaks off at byte {}", position, failure);
        exchange.abort();
    }

    @Override
    public void writable() {
        if (position < file.length()) {
            next();
        }
    }

    @Override
    public void gone() {
        gone = true;
    }
}
