package ai.exaone.quota.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many differences are open, as a gauge that an alert watches: it is 0 while the ledger and what is derived from it agree. */
public final class ReconciliationMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Gauge open;

    public ReconciliationMetrics(MeterRegistry registry, Reconciler reconciler) {
        this.registry = registry;
        this.open = Gauge.builder("exaone.ledger.differences", reconciler, Reconciler::openDifferences)
                .description("Open differences between the ledger and what is derived from it")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void close() {
        registry.remove(open);
    }
}
