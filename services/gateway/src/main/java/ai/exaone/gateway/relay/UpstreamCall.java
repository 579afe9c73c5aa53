package ai.exaone.gateway.relay;

/** A request that was sent upstream. For its event loop. */
public interface UpstreamCall {
    /** Lets no more of the answer come, save what is on its way; the upstream feels it. */
    void pause();

    /** Lets the answer come again. */
    void resume();

    /** All that was wanted has come: the listener hears nothing more, and what the answer occupies is returned in good order. */
    void finish();

    /** Nothing more is wanted: the listener hears nothing more, and the upstream is left at once, and with it the generation. */
    void cancel();
}
