package ai.exaone.quota.price;

import java.util.Optional;

/** The live side of prices: what decides about requests. Thread-safe. */
public interface LivePrices {
    /** Puts a new price in the book: for the next request, if it is in force by then. */
    void add(Price price);

    /** The price in force now for a model. */
    Optional<Price> inForce(String model);
}
