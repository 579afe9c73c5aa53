package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.EventSplitter;
import ai.exaone.gateway.relay.UpstreamAnswer;
import ai.exaone.gateway.relay.UpstreamException;
import java.io.EOFException;
import java.util.Optional;

/** Reads the events of a streamed answer at the reader's pace. For one thread. */
final class EventReader {
    private static final int READ_BYTES = 8 * 1024;

    private final UpstreamAnswer answer;
    private final EventSplitter splitter;
    private final byte[] buffer = new byte[READ_BYTES];

    EventReader(UpstreamAnswer answer, int longestEvent) {
        this.answer = answer;
        this.splitter = new EventSplitter(longestEvent);
    }

    /**
     * The next event; waits for it.
     *
     * @return empty at the end of the stream
     * @throws UpstreamException when the stream breaks off, ends within an event, or has an event that is too long
     */
    Optional<ChatEvent> next() throws UpstreamException {
        while (true) {
            Optional<byte[]> event = splitter.next();
            if (event.isPresent()) {
                return event.map(ChatEvent::of);
            }
            int count = answer.read(buffer);
            if (count < 0) {
                return atEnd();
            }
            if (!splitter.add(buffer, count)) {
                throw broken("An event is longer than is kept");
            }
        }
    }

    private Optional<ChatEvent> atEnd() throws UpstreamException {
        if (splitter.atBoundary()) {
            return Optional.empty();
        }
        throw broken("The stream ends within an event");
    }

    private static UpstreamException broken(String what) {
        return new UpstreamException(UpstreamException.Kind.BROKEN, new EOFException(what));
    }
}
