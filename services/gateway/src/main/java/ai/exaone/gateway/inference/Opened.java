package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.ChatEvent;

/** An answer of which the first piece is there: from here on nobody else is asked. */
sealed interface Opened extends AutoCloseable {
    /** Returns what the answer occupies; stops it where it is not at its end. */
    @Override
    void close();

    /**
     * An answer that is all there.
     *
     * @param release returns the replica
     */
    record Whole(int status, String mediaType, byte[] body, Runnable release) implements Opened {
        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * An answer that is streamed.
     *
     * @param first its first event
     * @param events those after it
     */
    record Streamed(ChatEvent first, EventReader events, Runnable release) implements Opened {
        @Override
        public void close() {
            release.run();
        }
    }
}
