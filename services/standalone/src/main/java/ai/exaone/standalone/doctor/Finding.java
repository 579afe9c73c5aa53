package ai.exaone.standalone.doctor;

/**
 * What one check saw.
 *
 * @param subject a few words
 * @param detail what is so, and where it is wrong what to do
 */
public record Finding(Grade grade, String subject, String detail) {
    /** How bad it is. */
    public enum Grade {
        GOOD,
        /** Works, but not as it should. */
        DOUBTFUL,
        /** Keeps the platform from running. */
        BAD
    }

    static Finding good(String subject, String detail) {
        return new Finding(Grade.GOOD, subject, detail);
    }

    static Finding doubtful(String subject, String detail) {
        return new Finding(Grade.DOUBTFUL, subject, detail);
    }

    static Finding bad(String subject, String detail) {
        return new Finding(Grade.BAD, subject, detail);
    }
}
