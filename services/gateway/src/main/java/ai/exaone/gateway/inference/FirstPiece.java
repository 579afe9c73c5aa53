package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.EngineFault;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.UpstreamAnswer;
import ai.exaone.gateway.relay.UpstreamException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Reads the first piece of an answer: of a stream its first event, of any other answer all of it. */
final class FirstPiece {
    private static final int READ_BYTES = 16 * 1024;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_IMPLEMENTED = 501;
    private static final String EVENT_STREAM = "text/event-stream";

    private final UpstreamAnswer answer;
    private final RelayConfig config;
    private final Runnable release;

    /**
     * @param release run when the opened answer is closed; not run where none is opened
     */
    FirstPiece(UpstreamAnswer answer, RelayConfig config, Runnable release) {
        this.answer = answer;
        this.config = config;
        this.release = release;
    }

    /**
     * Of an engine's answer.
     *
     * @throws AttemptFailure when this is no answer, and another replica may give one
     * @throws PlatformException when the engine refuses the request
     */
    Opened ofEngine(boolean streamed) throws UpstreamException, AttemptFailure {
        boolean opened = false;
        try {
            Opened piece = engine(streamed);
            opened = true;
            return piece;
        } finally {
            if (!opened) {
                answer.close();
            }
        }
    }

    /** Of an agent's answer, whose failures have the caller's shape already. */
    Opened ofAgent(boolean streamed) throws UpstreamException {
        boolean opened = false;
        try {
            Opened piece = streamed && answer.status() == OK ? stream() : whole();
            opened = true;
            return piece;
        } finally {
            if (!opened) {
                answer.close();
            }
        }
    }

    private Opened engine(boolean streamed) throws UpstreamException, AttemptFailure {
        int status = answer.status();
        if (status == BAD_REQUEST
                || status == CONTENT_TOO_LARGE
                || status == UNPROCESSABLE
                || status == NOT_IMPLEMENTED) {
            throw PlatformException.because(InferenceError.ENGINE_REFUSED_REQUEST, EngineFault.sentence(readAll()))
                    .build();
        }
        if (status != OK) {
            throw AttemptFailure.of(status, answer.retryAfter());
        }
        if (streamed) {
            Opened.Streamed stream = stream();
            if (stream.first().kind() == ChatEvent.Kind.FAILURE) {
                throw AttemptFailure.notAnAnswer("The stream begins with a failure");
            }
            return stream;
        }
        Opened.Whole whole = whole();
        if (JsonMembers.of(whole.body()).isEmpty()) {
            throw AttemptFailure.notAnAnswer("The answer is not a JSON object");
        }
        return whole;
    }

    private Opened.Streamed stream() throws UpstreamException {
        if (!answer.mediaType().equals(EVENT_STREAM)) {
            throw broken("The answer is " + answer.mediaType() + " and not a stream");
        }
        EventReader events = new EventReader(answer, config.longestEvent());
        Optional<ChatEvent> event = events.next();
        while (event.isPresent() && event.get().kind() == ChatEvent.Kind.COMMENT) {
            event = events.next();
        }
        ChatEvent first = event.orElseThrow(() -> broken("The stream is empty"));
        return new Opened.Streamed(first, events, this::close);
    }

    private Opened.Whole whole() throws UpstreamException {
        byte[] body = readAll();
        return new Opened.Whole(answer.status(), answer.mediaType(), body, this::close);
    }

    private void close() {
        answer.close();
        release.run();
    }

    private byte[] readAll() throws UpstreamException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[READ_BYTES];
        for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
            body.write(buffer, 0, count);
            if (body.size() > config.longestAnswer()) {
                throw broken("The answer is longer than is kept");
            }
        }
        return body.toByteArray();
    }

    private static UpstreamException broken(String what) {
        return new UpstreamException(UpstreamException.Kind.BROKEN, new IllegalStateException(what));
    }
}
