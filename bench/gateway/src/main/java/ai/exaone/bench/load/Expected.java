package ai.exaone.bench.load;

/** What a right answer of the scripted upstream is. */
public sealed interface Expected {
    /** One JSON object with a whole text and its usage. */
    record Completion() implements Expected {}

    /** A stream of so many pieces in order, then the usage, then the end mark. */
    record Stream(int pieces) implements Expected {}

    /** One JSON object with one embedding and its usage. */
    record Embedding() implements Expected {}
}
