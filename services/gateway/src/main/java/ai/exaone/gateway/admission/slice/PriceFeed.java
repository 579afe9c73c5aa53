package ai.exaone.gateway.admission.slice;

import ai.exaone.proto.quota.v1.Price;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the models' prices as quota's log {@code prices} says. Thread-safe. */
final class PriceFeed implements WatchListener {
    /** The log's name. */
    static final String LOG = "prices";

    /** Around the moment in which a price begins only quota says which one counts: for longer than slices last and clocks may differ. */
    private static final Duration UNCERTAIN = Duration.ofSeconds(15);

    private volatile Map<String, NavigableMap<Instant, KnownPrice>> prices = Map.of();

    /** The price of a model; empty where it has none, or another may be in force by quota's clock. */
    Optional<KnownPrice> certain(String model, Instant now) {
        NavigableMap<Instant, KnownPrice> ofModel = prices.get(model);
        if (ofModel == null) {
            return Optional.empty();
        }
        var before = ofModel.floorEntry(now.minus(UNCERTAIN));
        var after = ofModel.floorEntry(now.plus(UNCERTAIN));
        return before != null && before.equals(after) ? Optional.of(before.getValue()) : Optional.empty();
    }

    @Override
    public void onState(List<Entry> entries) {
        var stated = new HashMap<String, NavigableMap<Instant, KnownPrice>>();
        entries.stream()
                .filter(entry -> !entry.getDeleted())
                .map(PriceFeed::price)
                .forEach(price -> stated.computeIfAbsent(price.model(), model -> new TreeMap<>())
                        .put(price.effectiveAt(), price));
        prices = stated;
    }

    @Override
    public void onChange(Entry entry) {
        // Prices are added, never changed or removed.
        KnownPrice price = price(entry);
        var changed = new HashMap<>(prices);
        NavigableMap<Instant, KnownPrice> ofModel = new TreeMap<>(changed.getOrDefault(price.model(), new TreeMap<>()));
        ofModel.put(price.effectiveAt(), price);
        changed.put(price.model(), ofModel);
        prices = changed;
    }

    private static KnownPrice price(Entry entry) {
        try {
            Price price = Price.parseFrom(entry.getValue());
            return new KnownPrice(
                    price.getPriceId(),
                    price.getModel(),
                    price.getInputMicros(),
                    price.getCachedInputMicros(),
                    price.getOutputMicros(),
                    Instant.ofEpochSecond(
                            price.getEffectiveTime().getSeconds(),
                            price.getEffectiveTime().getNanos()));
        } catch (InvalidProtocolBufferException notAPrice) {
            throw new IllegalArgumentException("The entry " + entry.getKey() + " is not a price", notAPrice);
        }
    }
}
