package ai.exaone.bench.candidate;

import java.net.URI;
import java.util.Map;

/** The upstream itself: what all others are added to. */
public final class DirectTarget implements Target {
    private final Ground ground;

    public DirectTarget(Ground ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public Endpoint start() {
        return new Endpoint(name(), URI.create(ground.upstream() + "/v1"), ground.upstreamKey(), Map.of());
    }

    @Override
    public void close() {
        // It belongs to whoever started the upstream.
    }
}
