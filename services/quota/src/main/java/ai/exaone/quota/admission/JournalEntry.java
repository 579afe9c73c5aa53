package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** One thing that memory did and the database has to know before anybody is told. */
sealed interface JournalEntry {
    /** A hold was taken. */
    record Opened(Hold hold) implements JournalEntry {}

    /** A hold counts for something else from now on. */
    record Closed(String requestId, HoldState state, long usedTokens, long usedMicros, Instant at)
            implements JournalEntry {}

    /** More was used on a day, or less. */
    record Used(DayKey key, long tokens, long micros) implements JournalEntry {
        /**
         * By a call.
         *
         * @param sign 1, or -1 where it counts no longer
         */
        static Used of(UsageRecord call, LocalDate day, int sign) {
            UsageRecord.Caller caller = call.caller();
            var key = new DayKey(
                    caller.tenantId(), day, caller.projectId(), caller.keyId(), caller.agentId(), call.model());
            return new Used(key, sign * call.billed().total(), sign * call.amountMicros());
        }
    }

    /**
     * Calls for the ledger, and up to where the gateway's spool is in it now.
     *
     * @param replaced requests of which it has a record, in whose place comes the one that is among these
     */
    record Drained(String gatewayId, SpoolPosition to, List<UsageRecord> records, Set<String> replaced, Instant at)
            implements JournalEntry {
        public Drained {
            records = List.copyOf(records);
            replaced = Set.copyOf(replaced);
        }
    }

    /**
     * A limit in shadow would have refused calls.
     *
     * @param requests how many
     * @param amount what they took, in the limit's unit
     */
    record Shadowed(String tenantId, String limitId, LocalDate day, long requests, long amount)
            implements JournalEntry {
        Shadowed plus(Shadowed other) {
            return new Shadowed(tenantId, limitId, day, requests + other.requests, Math.addExact(amount, other.amount));
        }

        static Shadowed of(Limit limit, UsageRecord call, LocalDate day) {
            long amount = limit.kind().isBudget()
                    ? call.amountMicros()
                    : call.billed().total();
            return new Shadowed(
                    limit.tenantId(), limit.limitId(), day, 1, limit.kind().isByCalendar() ? amount : 1);
        }
    }

    /** A gateway said what became of its slices, and was granted others. */
    record Exchanged(StoredExchange exchange) implements JournalEntry {}

    /** What day and month limits are summed up by. */
    record DayKey(String tenantId, LocalDate day, String projectId, String keyId, String agentId, String model) {}
}
