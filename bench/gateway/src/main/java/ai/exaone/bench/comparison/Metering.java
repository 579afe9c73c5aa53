package ai.exaone.bench.comparison;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.machine.ResourceMeter;
import ai.exaone.bench.machine.ResourceUse;
import java.util.List;
import java.util.Optional;

/** Reads what a target costs while it is under load. */
final class Metering implements LoadGenerator.Observer<ResourceUse> {
    private final Endpoint endpoint;
    private final List<Long> ours;
    private Optional<ResourceMeter> meter = Optional.empty();

    /** @param ours roots of the processes that measure */
    Metering(Endpoint endpoint, List<Long> ours) {
        this.endpoint = endpoint;
        this.ours = ours;
    }

    @Override
    public void begin() {
        meter = Optional.of(new ResourceMeter(endpoint.processes(), ours));
    }

    @Override
    public void tick() {
        meter.orElseThrow().tick();
    }

    @Override
    public ResourceUse end() {
        return meter.orElseThrow().end();
    }
}
