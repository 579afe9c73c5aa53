package ai.exaone.gateway.routing;

/** Whether a model thinks before it answers, and whether it can be told. */
public enum Thinking {
    /** Nothing is known: the engine has no switch that we know, and what callers say is its own business. */
    UNKNOWN,
    /** Not where the caller says nothing. */
    OFF,
    /** Where the caller says nothing. */
    ON,
    /** The model cannot. */
    NEVER,
    /** The model cannot but do so. */
    ALWAYS;

    /** Whether {@code chat_template_kwargs.enable_thinking} decides, so that it is always to be set. */
    public boolean isSwitch() {
        return this == OFF || this == ON;
    }
}
