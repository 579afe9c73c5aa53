package ai.exaone.quota.price;

import ai.exaone.audit.Act;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.PageToken;
import java.util.List;
import java.util.Optional;

/** The prices of all models. They are added and never changed. */
public interface PriceStore {
    /**
     * All prices at one moment.
     *
     * @param revision the last change of the log that is in them
     */
    record Snapshot(long revision, List<Price> prices) {
        public Snapshot {
            prices = List.copyOf(prices);
        }
    }

    List<Price> all();

    /** All prices, and up to which change of the log they are. */
    Snapshot snapshot();

    /** Changes of the log after one, in their order. */
    ChangeLog.Reading changes(long after, int limit);

    /**
     * Prices by model, the newest first within a model.
     *
     * @param model empty for all models
     */
    List<Price> list(String model, Optional<PageToken> after, int limit);

    /**
     * Adds a price and its audit event, in one transaction under the writer's epoch.
     *
     * @return the price, or the one that the same request added before, although its moment may have passed since
     * @throws PlatformException PRICE_EXISTS; PRICE_IN_THE_PAST if it would count from before it was created; REQUEST_ID_REUSED
     */
    Price add(long epoch, Price price, Optional<CreationRequest> request, Act act);
}
