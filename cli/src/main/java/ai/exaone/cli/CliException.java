package ai.exaone.cli;

/** A failure that is said to the person in one or more lines, and ends the command with exit code 1. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String lines;

    public CliException(String lines) {
        super(lines);
        this.lines = lines;
    }

    public CliException(String lines, Throwable cause) {
        super(lines, cause);
        this.lines = lines;
    }

    /** What is said; the same as {@link #getMessage()}, and never null. */
    public String lines() {
        return lines;
    }
}
