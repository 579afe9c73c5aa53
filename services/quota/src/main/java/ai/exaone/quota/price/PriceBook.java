package ai.exaone.quota.price;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All prices, as they stood at one moment. Immutable. */
public final class PriceBook {
    public static final PriceBook EMPTY = new PriceBook(Map.of(), Map.of());

    private final Map<String, NavigableMap<Instant, Price>> byModel;
    private final Map<String, Price> byId;

    private PriceBook(Map<String, NavigableMap<Instant, Price>> byModel, Map<String, Price> byId) {
        this.byModel = byModel;
        this.byId = byId;
    }

    public static PriceBook of(Collection<Price> prices) {
        var byModel = new HashMap<String, NavigableMap<Instant, Price>>();
        var byId = new HashMap<String, Price>();
        for (Price price : prices) {
            byModel.computeIfAbsent(price.model(), model -> new TreeMap<>()).put(price.effectiveAt(), price);
            byId.put(price.priceId(), price);
        }
        return new PriceBook(byModel, byId);
    }

    /** This book and one price more. */
    public PriceBook with(Price price) {
        var prices = new HashMap<>(byId);
        prices.put(price.priceId(), price);
        return of(prices.values());
    }

    /** The price in force for a model at a moment. */
    public Optional<Price> inForce(String model, Instant at) {
        return Optional.ofNullable(byModel.get(model))
                .map(prices -> prices.floorEntry(at))
                .map(Map.Entry::getValue);
    }

    public Optional<Price> byId(String priceId) {
        return Optional.ofNullable(byId.get(priceId));
    }
}
