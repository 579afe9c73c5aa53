package ai.exaone.store.creation;

/** What became of a creation. */
public sealed interface Creation<T> {
    /** The resource, in its present state. */
    T value();

    /** The resource was made by this request. */
    record Made<T>(T value) implements Creation<T> {}

    /** The same request had made the resource before. */
    record Repeated<T>(T value) implements Creation<T> {}
}
