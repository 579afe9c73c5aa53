package ai.exaone.serving.engine;

/** Whether a model thinks before it answers where the caller says nothing. */
public enum ThinkingDefault {
    /** The engine has no such switch; nothing is said to it. */
    NONE,
    OFF,
    ON
}
