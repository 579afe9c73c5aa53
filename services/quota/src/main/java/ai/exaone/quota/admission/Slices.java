package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import java.util.List;

/** Parts of limits that gateways hold and admit by themselves from. Thread-safe. */
public final class Slices {
    private final Generations generations;
    private final Admission admission;

    public Slices(Generations generations, Admission admission) {
        this.generations = generations;
        this.admission = admission;
    }

    /**
     * Counts what a gateway says it used, takes over what it says it keeps, and grants what it may have beyond that. Everything is
     * stored before this returns. Also a sign of the gateway's life.
     *
     * @throws PlatformException SLICES_OUTDATED when a later exchange of the run was answered; QUOTA_OVERLOADED; QUOTA_UNAVAILABLE
     */
    public List<SliceExchange.Grant> exchange(SliceExchange exchange) {
        Generation generation = generations.current();
        generation.heard(exchange.gatewayId());
        return admission.await(generation.runs().exchange(exchange, generation.gateways()));
    }
}
