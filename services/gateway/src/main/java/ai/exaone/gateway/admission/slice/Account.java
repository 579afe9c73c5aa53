package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.metering.TokenCounts;
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
    /** Whether there is a limit on money above the caller. */
    boolean needsPrice;
    /** Which change of the tenant's limits this is by. */
    int limitsSeen;

    private long slotsRunning;
    private long tokensRunning;
    /** What calls are kept for by calendar that run, and that are over and not in the ledger for certain. */
    private long keptTokensRunning;

    private long keptMicrosRunning;
    private long keptTokensOver;
    private long keptMicrosOver;
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
            case DAY_TOKENS, MONTH_TOKENS -> keptTokensRunning;
            case DAY_MONEY, MONTH_MONEY -> keptMicrosRunning;
            case REQUESTS, OTHER -> 0;
        };
    }

    /** What requests are kept for that are over, of a limit of some kind. */
    long over(KnownLimit.Unit unit) {
        return switch (unit) {
            case DAY_TOKENS, MONTH_TOKENS -> keptTokensOver;
            case DAY_MONEY, MONTH_MONEY -> keptMicrosOver;
            case REQUESTS, TOKENS, SLOTS, OTHER -> 0;
        };
    }

    /** Keeps by calendar what a request holds that begins. */
    void begin(SliceHold hold) {
        keepRunning(hold.keptTokens, hold.keptMicros);
    }

    /** A request is over: keeps by calendar what it used, unless the ledger has it already. */
    void end(SliceHold hold, TokenCounts used) {
        if (hold.day != 0 && !hold.isRecorded) {
            long tokensUsed = used.input() + used.output();
            long micros = hold.need.cost(used);
            for (Slice slice : byCalendar()) {
                KnownLimit.Unit unit = slice.limit.unit();
                slice.end(hold, hold.kept(unit), unit.isMoney() ? micros : tokensUsed);
            }
            keepRunning(-hold.keptTokens, -hold.keptMicros);
            keepOver(tokensUsed, micros);
            hold.keptTokens = tokensUsed;
            hold.keptMicros = micros;
        }
        hold.isOver = true;
    }

    /**
     * The ledger has the record of a request: what is kept of it by calendar counts there.
     *
     * @return whether somebody waits to hear so
     */
    boolean recorded(SliceHold hold) {
        boolean isAwaited = false;
        if (hold.day != 0 && !hold.isRecorded) {
            for (Slice slice : byCalendar()) {
                slice.recorded(hold);
                isAwaited |= slice.isRecalled();
            }
            if (hold.isOver) {
                keepOver(-hold.keptTokens, -hold.keptMicros);
            } else {
                keepRunning(-hold.keptTokens, -hold.keptMicros);
            }
        }
        hold.isRecorded = true;
        return isAwaited;
    }

    /** Whether no request runs that holds anything, and of those that are over the ledger has all. */
    boolean isQuiet() {
        return slotsRunning == 0 && tokensRunning == 0 && keptTokensOver == 0 && keptMicrosOver == 0;
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

    private List<Slice> byCalendar() {
        return slices.stream()
                .filter(slice -> slice.limit.unit().isByCalendar())
                .toList();
    }

    private void keepRunning(long moreTokens, long moreMicros) {
        keptTokensRunning += moreTokens;
        keptMicrosRunning += moreMicros;
    }

    private void keepOver(long moreTokens, long moreMicros) {
        keptTokensOver += moreTokens;
        keptMicrosOver += moreMicros;
    }
}
