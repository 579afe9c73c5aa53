package ai.exaone.gateway.inference;

import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.chat.AnswerTranslation;

/** An API whose calls are answered by chat completions: the named slower way. Thread-safe. */
public interface TranslatedApi {
    /**
     * A call of it as a chat completion.
     *
     * @param chat the body of the chat completion
     * @param translation what its answer becomes
     */
    record Translated(byte[] chat, AnswerTranslation translation) {}

    /**
     * Reads a request. May block.
     *
     * @throws ai.exaone.errors.PlatformException naming what is wrong with it
     */
    Translated translate(Caller caller, String requestId, byte[] body);
}
