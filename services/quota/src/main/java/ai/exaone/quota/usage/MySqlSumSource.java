package ai.exaone.quota.usage;

import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** {@link SumSource} on MySQL and MariaDB. */
public final class MySqlSumSource implements SumSource {
    private static final int MOST_PARTS = 200_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Transactions transactions;

    public MySqlSumSource(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T read(String tenantId, Function<Tenant, T> work) {
        return transactions.inSnapshot(handle -> work.apply(new Snapshot(handle, tenantId)));
    }

    private record Snapshot(Handle handle, String tenantId) implements Tenant {
        private static final String OF_SUMS = """
                 AS group_name,
                SUM(requests) AS requests,
                SUM(CASE WHEN outcome = 'REFUSED' THEN requests ELSE 0 END) AS refused,
                SUM(input_tokens) AS input, SUM(output_tokens) AS output, SUM(amount_micros) AS amount
                """;
        private static final String OF_CALLS = """
                 AS group_name,
                COUNT(*) AS requests,
                SUM(CASE WHEN outcome = 'REFUSED' THEN 1 ELSE 0 END) AS refused,
                SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE input_tokens END) AS input,
                SUM(CASE WHEN outcome = 'REFUSED' THEN 0 ELSE output_tokens END) AS output,
                SUM(amount_micros) AS amount
                """;
        private static final String FILTER = """
                  AND (:project = '' OR project_id = :project)
                  AND (:key = '' OR key_id = :key)
                  AND (:model = '' OR model = :model)
                """;

        @Override
        public LocalDate completeFrom() {
            return MySqlPruning.completeFrom(handle);
        }

        @Override
        public Optional<Instant> newest() {
            return handle.createQuery("SELECT MAX(started_at) FROM usage_record WHERE tenant_id = :tenant")
                    .bind("tenant", tenantId)
                    .mapTo(Timestamp.class)
                    .findFirst()
                    .map(Timestamp::toInstant);
        }

        @Override
        public List<Day> days(LocalDate first, LocalDate last) {
            // Two steps along an index for each day. To group by days would read all of their sums.
            return handle
                    .createQuery("""
                            WITH RECURSIVE calendar AS (
                                SELECT CAST(:first AS DATE) AS usage_day
                                UNION ALL
                                SELECT usage_day + INTERVAL 1 DAY FROM calendar WHERE usage_day < CAST(:last AS DATE))
                            SELECT c.usage_day,
                                   (SELECT s.usage_hour FROM usage_hour_sum s
                                     WHERE s.tenant_id = :tenant AND s.usage_day = c.usage_day
                                     ORDER BY s.usage_hour LIMIT 1) AS first_hour,
                                   (SELECT s.usage_hour FROM usage_hour_sum s
                                     WHERE s.tenant_id = :tenant AND s.usage_day = c.usage_day
                                     ORDER BY s.usage_hour DESC LIMIT 1) AS last_hour
                              FROM calendar c
                             ORDER BY c.usage_day
                            """)
                    .bind("tenant", tenantId)
                    .bind("first", first)
                    .bind("last", last)
                    .map((row, context) -> day(row))
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        @Override
        public List<UsageReport.Line> ofDays(SumQuestion question, LocalDate first, LocalDate last) {
            Query query = handle.createQuery("SELECT " + column(question.dimension()) + OF_SUMS + """
                              FROM usage_sum
                             WHERE tenant_id = :tenant AND usage_day BETWEEN :first AND :last
                            """ + FILTER
                            + " GROUP BY group_name LIMIT :limit")
                    .bind("first", first)
                    .bind("last", last);
            return bounded(query, question, (row, context) -> line(row));
        }

        @Override
        public List<Part<LocalDate>> byDay(SumQuestion question, LocalDate first, LocalDate last) {
            Query query = handle.createQuery("SELECT usage_day, " + column(question.dimension()) + OF_SUMS + """
                              FROM usage_sum
                             WHERE tenant_id = :tenant AND usage_day BETWEEN :first AND :last
                            """
                            + FILTER + " GROUP BY usage_day, group_name LIMIT :limit")
                    .bind("first", first)
                    .bind("last", last);
            return bounded(
                    query,
                    question,
                    (row, context) -> new Part<>(row.getObject("usage_day", LocalDate.class), line(row)));
        }

        @Override
        public List<Part<Hour>> byHour(SumQuestion question, Collection<LocalDate> days, Instant from, Instant until) {
            Query query = handle.createQuery("SELECT usage_day, usage_hour, " + column(question.dimension()) + OF_SUMS
                            + """
                              FROM usage_hour_sum
                             WHERE tenant_id = :tenant AND usage_day IN (<days>)
                               AND usage_hour >= :from AND usage_hour < :until
                            """ + FILTER + " GROUP BY usage_day, usage_hour, group_name LIMIT :limit")
                    .bindList("days", List.copyOf(days))
                    .bind("from", from)
                    .bind("until", until);
            return bounded(query, question, (row, context) -> new Part<>(hour(row), line(row)));
        }

        @Override
        public List<Part<Quarter>> byQuarter(SumQuestion question, Instant from, Instant until) {
            Query query = handle.createQuery("""
                            SELECT usage_day, usage_hour,
                                   FLOOR(TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', started_at) / 900) AS quarter,
                            """ + column(question.dimension()) + OF_CALLS + """
                              FROM usage_record
                             WHERE tenant_id = :tenant AND started_at >= :from AND started_at < :until
                            """ + FILTER
                            + " GROUP BY usage_day, usage_hour, quarter, group_name LIMIT :limit")
                    .bind("from", from)
                    .bind("until", until);
            return bounded(
                    query,
                    question,
                    (row, context) -> new Part<>(
                            new Quarter(hour(row), Instant.EPOCH.plus(QUARTER.multipliedBy(row.getLong("quarter")))),
                            line(row)));
        }

        private <T> List<T> bounded(Query query, SumQuestion question, RowMapper<T> mapper) {
            List<T> parts = query.bind("tenant", tenantId)
                    .bind("project", question.projectId())
                    .bind("key", question.keyId())
                    .bind("model", question.model())
                    .bind("limit", MOST_PARTS + 1)
                    .map(mapper)
                    .list();
            if (parts.size() > MOST_PARTS) {
                throw Summation.tooLarge();
            }
            return parts;
        }

        private static String column(Dimension dimension) {
            return switch (dimension) {
                case NONE -> "''";
                case PROJECT -> "project_id";
                case KEY -> "key_id";
                case MODEL -> "model";
                case AGENT -> "agent_id";
                case OUTCOME -> "outcome";
            };
        }

        /** Empty for a day without calls. */
        private static Optional<Day> day(ResultSet row) throws SQLException {
            Timestamp first = row.getTimestamp("first_hour");
            if (first == null) {
                return Optional.empty();
            }
            return Optional.of(new Day(
                    row.getObject("usage_day", LocalDate.class),
                    first.toInstant(),
                    row.getTimestamp("last_hour").toInstant().plus(HOUR)));
        }

        private static Hour hour(ResultSet row) throws SQLException {
            return new Hour(
                    row.getObject("usage_day", LocalDate.class),
                    row.getTimestamp("usage_hour").toInstant());
        }

        private static UsageReport.Line line(ResultSet row) throws SQLException {
            return new UsageReport.Line(
                    row.getString("group_name"),
                    Optional.empty(),
                    row.getLong("requests"),
                    row.getLong("refused"),
                    row.getLong("input"),
                    row.getLong("output"),
                    row.getLong("amount"));
        }
    }
}
