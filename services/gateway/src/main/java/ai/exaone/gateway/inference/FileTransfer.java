package ai.exaone.gateway.inference;

import ai.exaone.gateway.files.FileUpload;
import ai.exaone.gateway.relay.Timeouts;
import ai.exaone.gateway.relay.client.BodyPipe;
import ai.exaone.gateway.relay.client.HttpExchange;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file on its way in or out, which ends where the caller's key is no longer accepted. For the exchange's event loop. */
final class FileTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);
    /** Between two pieces of a file that is taken in. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Timeouts TIMEOUTS = new Timeouts(LONGEST, LONGEST, LONGEST, LONGEST);

    private final Arrival arrival;
    private final HttpExchange exchange;
    private final String requestId;

    FileTransfer(Arrival arrival, HttpExchange exchange, String requestId) {
        this.arrival = arrival;
        this.exchange = exchange;
        this.requestId = requestId;
    }

    /**
     * Takes a file in, and then decides whether it is made ready: an idempotency key names what is in it, and not the form around it.
     *
     * @param over run when it is over
     */
    void upload(Operation.Uploading uploading, ActiveCall running, Runnable over) {
        String type = exchange.header(HttpHeaderNames.CONTENT_TYPE).orElse("").strip();
        running.calls("", TIMEOUTS);
        BodyPipe body = exchange.pipeBody(LONGEST_PAUSE);
        running.onEnd(body::fail);
        FileUpload upload = uploading.begin(running.caller(), type, body);
        Runnable end = () -> {
            Later.aside(requestId, () -> close(upload));
            over.run();
        };
        arrival.aside(
                () -> {
                    upload.take();
                    return upload;
                },
                taken -> {
                    running.leaveListener();
                    arrival.promise(
                            taken::digest,
                            running,
                            (answer, done) -> arrival.make(() -> Operation.Reply.of(taken.ready()), answer, done),
                            end);
                },
                refusal -> {
                    arrival.refuse(refusal);
                    end.run();
                });
    }

    private boolean close(FileUpload upload) {
        try (upload) {
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("What {} uploaded is abandoned later", requestId, failed);
            return false;
        }
    }

    /**
     * Gives a file out.
     *
     * @param over run when it is over
     */
    void download(Operation.Downloading downloading, ActiveCall running, Runnable over) {
        running.calls("", TIMEOUTS);
        arrival.aside(
                () -> downloading.open(running.caller()),
                file -> new FileAnswer(exchange, file, over).start(running),
                refusal -> {
                    arrival.refuse(refusal);
                    over.run();
                });
    }
}
