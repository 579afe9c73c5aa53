package ai.exaone.gateway.admission.slice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one caller takes of one model, and from which slices. Guarded by its {@link TenantAccounts}. */
final class Account {
    final CallerModel caller;
    /** Of every limit above the caller. */
    List<Slice> slices = List.of();
    /** Whether there is a limit above the caller that only quota can decide about. */
    boolean asksQuota;
    /** Which change of the tenant's limits this is by. */
    int limitsSeen;

    private long slotsRunning;
    private long tokensRunning;
    long usedNanos;
    /** Whether it is among those of its tenant that have something to report. */
    boolean listed;

    private long requests;
    private long tokens;
    private final Map<Batch, Long> returns = new HashMap<>();

    Account(CallerModel caller) {
        this.caller = caller;
    }

    /** Notes what a request takes, to be reported. */
    void take(long heldTokens, int slots, long now) {
        requests++;
        tokens += heldTokens;
        slotsRunning += slots;
        tokensRunning += heldTokens;
        usedNanos = now;
    }

    /** Notes that a request is over, with what it held. */
    void release(long heldTokens, int slots) {
        slotsRunning -= slots;
        tokensRunning -= heldTokens;
    }

    /** What requests hold that run, of a limit of some kind. */
    long running(KnownLimit.Unit unit) {
        return switch (unit) {
            case SLOTS -> slotsRunning;
            case TOKENS -> tokensRunning;
            case REQUESTS, OTHER -> 0;
        };
    }

    /** Whether no request runs that holds anything. */
    boolean isQuiet() {
        return slotsRunning == 0 && tokensRunning == 0;
    }

    /** Notes tokens used beyond what was held, or not used although held and not reported yet. */
    void correct(long moreTokens) {
        tokens += moreTokens;
    }

    /** Notes tokens that were reported as held and are not used. */
    void giveBack(Batch reportedIn, long returned) {
        returns.merge(reportedIn, returned, Long::sum);
    }

    /** Says what there is to report, and has nothing to report then. */
    void report(Statement.OfTenant statement, String runId, long now) {
        if (requests != 0 || tokens != 0) {
            statement.use(caller, requests, tokens);
        }
        returns.forEach((batch, returned) -> {
            if (batch.counts(runId, now)) {
                statement.giveBack(batch.sequence(), caller, returned);
            }
        });
        requests = 0;
        tokens = 0;
        returns.clear();
    }
}
