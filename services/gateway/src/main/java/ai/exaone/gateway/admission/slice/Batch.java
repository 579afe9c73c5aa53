package ai.exaone.gateway.admission.slice;

/** What one exchange reported. Guarded by the {@link TenantAccounts} it belongs to. */
final class Batch {
    private String runId = "";
    private long sequence;
    private long reportedNanos;
    private boolean taken;

    /** Notes that a request was admitted, to be reported by it. */
    void take() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    /** Says which exchange reports it. */
    void report(String run, long number, long now) {
        runId = run;
        sequence = number;
        reportedNanos = now;
    }

    long sequence() {
        return sequence;
    }

    /** Whether quota may still count it in a window, as an exchange of a run. */
    boolean counts(String run, long now) {
        return runId.equals(run) && now - reportedNanos < Slice.WINDOW_NANOS;
    }
}
