package ai.exaone.quota.admission;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway says of its slices: what it used since the last time, what it keeps, and what it would like to have. The whole truth
 * of its run: a slice that is not named is given back.
 *
 * @param runId one unbroken account of slices
 * @param sequence counts the exchanges of the run, from 1
 * @param whole whether what calls used that other runs of the gateway admitted is in the ledger or kept by this one
 */
public record SliceExchange(String gatewayId, String runId, long sequence, List<OfTenant> tenants, boolean whole) {
    public SliceExchange {
        tenants = List.copyOf(tenants);
    }

    /** What it says of one tenant. */
    public record OfTenant(String tenantId, List<Use> uses, List<Return> returns, List<Demand> demands) {
        public OfTenant {
            uses = List.copyOf(uses);
            returns = List.copyOf(returns);
            demands = List.copyOf(demands);
        }
    }

    /**
     * A caller of a model.
     *
     * @param keyId empty for a caller without a key
     * @param agentId empty where no agent calls
     */
    public record Caller(String projectId, String keyId, String agentId, String model) {
        /** A caller that is no agent. */
        public Caller(String projectId, String keyId, String model) {
            this(projectId, keyId, "", model);
        }
    }

    /**
     * Requests admitted by slices.
     *
     * @param tokens held for those that run, used by those that are over
     */
    public record Use(Caller caller, long requests, long tokens) {}

    /**
     * Tokens reported as held and then not used.
     *
     * @param sequence the exchange that reported them
     */
    public record Return(long sequence, Caller caller, long tokens) {}

    /**
     * What it has of one limit and would like to have.
     *
     * @param kept units not yet used; of concurrent requests those too that run; by calendar those too that the ledger does not have
     * @param running of concurrent requests and by calendar, how many of the kept ones are held by requests that run; of tokens per
     *     minute, how many of those that were reported
     * @param wanted units beyond the kept ones
     * @param least the most that one request takes
     * @param day by calendar, the day of the last grant
     */
    public record Demand(String limitId, long kept, long running, long wanted, long least, Optional<LocalDate> day) {
        /** Of a limit that does not count by calendar. */
        public Demand(String limitId, long kept, long running, long wanted, long least) {
            this(limitId, kept, running, wanted, least, Optional.empty());
        }

        Demand keepingNothing() {
            return new Demand(limitId, 0, 0, wanted, least, day);
        }
    }

    /**
     * What is granted of one limit.
     *
     * @param granted to be added to what is kept
     * @param remaining what nobody has used or been granted
     * @param recalled whether a request waits for what is kept and not used
     * @param day by calendar, the day that it is of
     * @param term how long all that the gateway has may be used at most, from when it sent the exchange; empty where only the terms of
     *     all slices hold
     * @param amount how much the limit allows now
     */
    public record Grant(
            String limitId,
            long granted,
            long remaining,
            boolean recalled,
            Optional<LocalDate> day,
            Optional<Duration> term,
            long amount) {}
}
