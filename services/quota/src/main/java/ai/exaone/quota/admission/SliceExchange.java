package ai.exaone.quota.admission;

import java.util.List;

/**
 * What a gateway says of its slices: what it used since the last time, what it keeps, and what it would like to have. The whole truth
 * of its run: a slice that is not named is given back.
 *
 * @param runId one unbroken account of slices
 * @param sequence counts the exchanges of the run, from 1
 */
public record SliceExchange(String gatewayId, String runId, long sequence, List<OfTenant> tenants) {
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
     */
    public record Caller(String projectId, String keyId, String model) {}

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
     * @param kept units not yet used; of concurrent requests those too that run
     * @param running of concurrent requests, how many of the kept ones run; of tokens, how many of those that were reported requests hold
     *     that run
     * @param wanted units beyond the kept ones
     * @param least the most that one request takes
     */
    public record Demand(String limitId, long kept, long running, long wanted, long least) {}

    /**
     * What is granted of one limit.
     *
     * @param granted to be added to what is kept
     * @param remaining what nobody has used or been granted
     * @param recalled whether a request waits for what is kept and not used
     */
    public record Grant(String limitId, long granted, long remaining, boolean recalled) {}
}
