package ai.exaone.agents.run;

/**
 * Names a run.
 *
 * @param value {@code run_…}
 */
public record RunId(String value) {
    public RunId {
        if (!value.startsWith("run_")) {
            throw new IllegalArgumentException("Not the id of a run: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
