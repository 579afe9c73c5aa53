package ai.exaone.quota.usage;

import ai.exaone.store.StoredTime;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * One insert of many rows, bound straight to the driver: the ledger's rows come by the thousand, and finding out how to bind each value again costs as much as
 * sending it. Times are bound as text, which the driver would make of them at several times the cost.
 */
final class MySqlBatch {
    private final PreparedStatement statement;
    /** Of a stretch of calls most are of one day and hour. */
    private final Map<Object, String> texts = new HashMap<>();

    private int position;

    private MySqlBatch(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Binds the values of one row, in the order of their places. */
    interface Row<T> {
        void bind(MySqlBatch batch, T row) throws SQLException;
    }

    /** Runs a statement for each row, together, in the handle's transaction. */
    static <T> void execute(Handle handle, String sql, Collection<T> rows, Row<T> binding) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            var batch = new MySqlBatch(statement);
            for (T row : rows) {
                binding.bind(batch, row);
                batch.position = 0;
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    MySqlBatch add(String value) throws SQLException {
        statement.setString(++position, value);
        return this;
    }

    MySqlBatch add(long value) throws SQLException {
        statement.setLong(++position, value);
        return this;
    }

    MySqlBatch add(boolean value) throws SQLException {
        statement.setBoolean(++position, value);
        return this;
    }

    MySqlBatch add(LocalDate day) throws SQLException {
        return add(texts.computeIfAbsent(day, Object::toString));
    }

    /** A moment that many rows have. */
    MySqlBatch addCommon(Instant at) throws SQLException {
        return add(texts.computeIfAbsent(at, any -> text(at)));
    }

    MySqlBatch add(Instant at) throws SQLException {
        return add(text(at));
    }

    MySqlBatch add(CallSums sums) throws SQLException {
        return add(sums.requests())
                .add(sums.inputTokens())
                .add(sums.cachedInputTokens())
                .add(sums.outputTokens())
                .add(sums.reasoningTokens())
                .add(sums.amountMicros());
    }

    private static String text(Instant at) {
        return LocalDateTime.ofInstant(StoredTime.of(at), ZoneOffset.UTC).toString();
    }
}
