package ai.exaone.store;

/**
 * A write that a constraint of the schema refused; nothing was stored. The store that asked for the write turns it into its
 * own reason, for example ALREADY_EXISTS. Never shown to callers.
 */
public final class ConstraintException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the constraint demands. */
    public enum Kind {
        /** Another row has the same key. */
        UNIQUE,
        /** The row that this one refers to is missing. */
        PARENT_MISSING,
        /** Other rows refer to this one. */
        CHILDREN_EXIST,
        /** The row breaks a check. */
        CHECK
    }

    private final Kind kind;
    private final String constraint;

    ConstraintException(Kind kind, String constraint, Throwable cause) {
        super(kind + " " + constraint, cause);
        this.kind = kind;
        this.constraint = constraint;
    }

    public Kind kind() {
        return kind;
    }

    /** The name of the key or constraint as the migration wrote it, without its table; {@code PRIMARY} for a primary key. */
    public String constraint() {
        return constraint;
    }

    /** Whether another row has the same value in this unique key. */
    public boolean isDuplicateOf(String uniqueKey) {
        return kind == Kind.UNIQUE && constraint.equalsIgnoreCase(uniqueKey);
    }
}
