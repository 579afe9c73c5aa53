package ai.exaone.agents.chat;

import java.util.Map;

/** Where an answer is written to: a head, then bytes. */
interface AnswerStream {
    /** Sends status and headers; called once, before any bytes. */
    void head(int status, Map<String, String> headers) throws InterruptedException;

    void body(byte[] bytes) throws InterruptedException;

    /** Whether the caller has left. */
    boolean gone();

    /** Runs something when the caller leaves. */
    void onGone(Runnable action);
}
