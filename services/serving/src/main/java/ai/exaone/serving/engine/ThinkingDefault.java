package ai.exaone.serving.engine;

/** Whether a model thinks before it answers where the caller says nothing. */
public enum ThinkingDefault {
    /** The engine has no such switch; nothing is said to it. */
    NONE,
    OFF,
    ON,
    /** The model cannot think; a caller that asks for it is refused. */
    NEVER,
    /** The model cannot but think; a caller that forbids it is refused. */
    ALWAYS
}
