package ai.exaone.quota.price;

import ai.exaone.audit.Act;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.writer.ActiveWriter;
import ai.exaone.rpc.Principal;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models cost. A price is never changed: another takes its place from a moment on. Thread-safe. */
public final class Prices {
    private static final int TOKEN_COLUMNS = 2;

    private final PriceStore store;
    private final LivePrices live;
    private final ActiveWriter writer;
    private final IdGenerator ids;
    private final Clock clock;

    public Prices(PriceStore store, LivePrices live, ActiveWriter writer, IdGenerator ids, Clock clock) {
        this.store = store;
        this.live = live;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Sets a model's price.
     *
     * @param effectiveAt from when on; empty for now
     * @throws PlatformException PRICE_IN_THE_PAST, PRICE_EXISTS, PRICE_INVALID, REQUEST_ID_REUSED
     */
    public Price create(
            String model,
            Rates rates,
            Optional<Instant> effectiveAt,
            Optional<CreationRequest> request,
            Principal author) {
        if (!model.equals(model.strip())) {
            throw PlatformException.because(PriceError.PRICE_INVALID, "A model's name has no space around it.")
                    .violation("price.model", "has space around it")
                    .build();
        }
        return writer.change(epoch -> {
            Instant now = clock.instant();
            Instant effective = effectiveAt.orElse(now);
            var price = new Price(ids.next("prc"), model, rates, effective, author.subject(), now);
            Act act = Act.created("", "price.create", price.priceId(), values(price));
            Price created = store.add(epoch, price, request, act);
            live.add(created);
            return created;
        });
    }

    /** Prices by model, the newest first within a model; of all models when none is named. */
    public Page<Price> list(String model, PageRequest page) {
        List<Price> rows = store.list(model, page.after(TOKEN_COLUMNS), page.rows());
        return Page.of(
                page,
                rows,
                price -> PageToken.of(price.model(), price.effectiveAt().toString()));
    }

    /** Whether a price is the one in force now. */
    public boolean isCurrent(Price price) {
        return live.inForce(price.model()).map(Price::priceId).equals(Optional.of(price.priceId()));
    }

    private static Map<String, Object> values(Price price) {
        return Map.of(
                "model", price.model(),
                "input_micros", Long.toString(price.rates().inputMicros()),
                "cached_input_micros", Long.toString(price.rates().cachedInputMicros()),
                "output_micros", Long.toString(price.rates().outputMicros()),
                "effective_time", price.effectiveAt().toString());
    }
}
