package ai.exaone.quota.price;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.rpc.watch.StoredChanges;
import ai.exaone.rpc.watch.WatchSource;
import java.util.List;
import java.util.Optional;

/** Gives the log of prices out to gateways. */
public final class RpcPriceLog implements WatchSource {
    /** The log's name. */
    public static final String LOG = "prices";

    private final PriceStore prices;

    public RpcPriceLog(PriceStore prices) {
        this.prices = prices;
    }

    @Override
    public String log() {
        return LOG;
    }

    @Override
    public State state() {
        PriceStore.Snapshot snapshot = prices.snapshot();
        return new State(
                snapshot.revision(),
                snapshot.prices().stream()
                        .map(price -> StoredChanges.entry(price.priceId(), PriceWire.bytes(price)))
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return StoredChanges.of(prices.changes(after, limit));
    }
}
