package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.openai.OpenAiError;

/**
 * Says the answer to one chat completion in another API's words. Either {@link #whole} is called, or {@link #begin}, then {@link #part}
 * for every event, then {@link #end} or {@link #failure}. For one thread.
 */
public interface AnswerTranslation {
    /** An answer that is not streamed. */
    byte[] whole(byte[] completion);

    /** The events with which a stream begins. */
    byte[] begin();

    /** The events that say what one event of the chat completion says; may be none. */
    byte[] part(byte[] data);

    /** The events that keep a connection alive. */
    byte[] keepAlive();

    /** The events with which a stream ends well. */
    byte[] end();

    /** The events with which a stream ends that cannot go on. */
    byte[] failure(OpenAiError error);
}
