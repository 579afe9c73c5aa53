package ai.exaone.quota.price;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.PageToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link PriceStore} on MySQL and MariaDB. */
public final class MySqlPriceStore implements PriceStore {
    private static final String SELECT = """
            SELECT price_id, model, input_micros, cached_input_micros, output_micros, effective_at, created_by, created_at
              FROM price
            """;

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;
    private final MySqlCreations creations;
    private final MySqlAuditOutbox audit;
    private final ChangeLog log;

    /**
     * @param log of prices, for those who follow them
     */
    public MySqlPriceStore(
            Transactions transactions,
            MySqlWriterEpoch writerEpoch,
            MySqlCreations creations,
            MySqlAuditOutbox audit,
            ChangeLog log) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
        this.creations = creations;
        this.audit = audit;
        this.log = log;
    }

    @Override
    public List<Price> all() {
        return transactions.withHandle(MySqlPriceStore::all);
    }

    @Override
    public Snapshot snapshot() {
        return transactions.inSnapshot(handle -> new Snapshot(log.latest(handle), all(handle)));
    }

    @Override
    public ChangeLog.Reading changes(long after, int limit) {
        return log.read(after, limit);
    }

    @Override
    public List<Price> list(String model, Optional<PageToken> after, int limit) {
        String continued = after.isEmpty()
                ? ""
                : " AND (model > :placeModel OR (model = :placeModel AND effective_at < :placeTime))";
        return transactions.withHandle(handle -> {
            Query query = handle.createQuery(SELECT + " WHERE (:model = '' OR model = :model)" + continued
                            + " ORDER BY model, effective_at DESC LIMIT :limit")
                    .bind("model", model)
                    .bind("limit", limit);
            after.ifPresent(place -> query.bind("placeModel", place.values().getFirst())
                    .bind("placeTime", time(place.values().getLast())));
            return query.map(MySqlPriceStore::price).list();
        });
    }

    @Override
    public Price add(long epoch, Price price, Optional<CreationRequest> request, Act act) {
        try {
            return transactions.inTransaction(handle -> {
                writerEpoch.require(handle, epoch);
                var made = creations.claim(handle, request, price.priceId());
                if (made.isPresent()) {
                    return find(handle, made.get());
                }
                requireFuture(price);
                insert(handle, price);
                audit.record(handle, act);
                log.put(handle, price.priceId(), PriceWire.bytes(price));
                return price;
            });
        } catch (ConstraintException conflict) {
            if (conflict.isDuplicateOf("price_moment")) {
                throw new PlatformException(
                        PriceError.PRICE_EXISTS, "The model has a price from that moment on already.");
            }
            throw conflict;
        }
    }

    private static List<Price> all(Handle handle) {
        return handle.createQuery(SELECT).map(MySqlPriceStore::price).list();
    }

    private static void requireFuture(Price price) {
        if (price.effectiveAt().isBefore(price.createdAt())) {
            throw PlatformException.because(PriceError.PRICE_IN_THE_PAST, "A price counts from now or later on.")
                    .violation("price.effective_time", "is in the past")
                    .build();
        }
    }

    private static void insert(Handle handle, Price price) {
        handle.createUpdate("""
                        INSERT INTO price (price_id, model, input_micros, cached_input_micros, output_micros,
                                           effective_at, created_by, created_at)
                        VALUES (:price, :model, :input, :cached, :output, :effective, :by, :created)
                        """)
                .bind("price", price.priceId())
                .bind("model", price.model())
                .bind("input", price.rates().inputMicros())
                .bind("cached", price.rates().cachedInputMicros())
                .bind("output", price.rates().outputMicros())
                .bind("effective", price.effectiveAt())
                .bind("by", price.createdBy())
                .bind("created", price.createdAt())
                .execute();
    }

    private static Price find(Handle handle, String priceId) {
        return handle.createQuery(SELECT + " WHERE price_id = :price")
                .bind("price", priceId)
                .map(MySqlPriceStore::price)
                .one();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException forged) {
            throw PageToken.invalid();
        }
    }

    private static Price price(ResultSet row, StatementContext context) throws SQLException {
        return new Price(
                row.getString("price_id"),
                row.getString("model"),
                new Rates(
                        row.getLong("input_micros"), row.getLong("cached_input_micros"), row.getLong("output_micros")),
                row.getTimestamp("effective_at").toInstant(),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
