package ai.exaone.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.ids.IdGenerator;
import ai.exaone.store.Migrations;
import ai.exaone.store.StoredTime;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A ledger from before it had sums by hour and weeks: its rows are where their ids say, and all sums are theirs. */
@EveryEngine
class LedgerMigrationTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 1, 1);
    private static final String TENANT = new IdGenerator(StoredTime.clock(), new SecureRandom()).next("tnt");

    private final TestDatabase database;

    LedgerMigrationTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void rowsFromBeforeAreCarriedOver() {
        Flyway.configure()
                .dataSource(database.database().dataSource())
                .locations("classpath:db/migration/quota")
                .table("schema_history")
                .target("6")
                .load()
                .migrate();
        var requests = new ArrayList<>(List.of("req_7zzzzzzzzz0000000000000000", "req_1"));
        for (int day = 0; day < 40; day++) {
            Instant at = Instant.parse("2026-09-20T23:59:59.999Z").plus(Duration.ofHours(23L * day));
            requests.add(new IdGenerator(Clock.fixed(at, ZoneOffset.UTC), new SecureRandom()).next("req"));
        }
        requests.forEach(this::insert);
        Migrations.migrate(database.database(), "quota");
        database.transactions().withHandle(handle -> {
            for (String request : requests) {
                assertThat(handle.createQuery("SELECT request_day FROM usage_record WHERE request_id = :request")
                                .bind("request", request)
                                .mapTo(Integer.class)
                                .list())
                        .as(request)
                        .containsExactly(RequestDay.of(request));
            }
            assertThat(MySqlUsageSums.BY_HOUR.derived(handle, TENANT, FIRST, LAST))
                    .isEqualTo(MySqlUsageSums.BY_HOUR.ledger(handle, TENANT, FIRST, LAST))
                    .hasSizeGreaterThan(1);
            return true;
        });
        assertThat(new MySqlUsageRecords(database.transactions()).recorded(requests))
                .hasSameSizeAs(requests);
    }

    private void insert(String requestId) {
        Instant at = Instant.parse("2026-09-20T22:10:00Z")
                .plus(Duration.ofMinutes(Math.floorMod(requestId.hashCode(), 50_000)));
        database.transactions()
                .withHandle(handle -> handle.createUpdate("""
                        INSERT INTO usage_record (
                            request_id, tenant_id, project_id, key_id, subject, agent_id, run_id, model, replica_id, path, started_at,
                            first_byte_micros, duration_micros, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
                            estimated, outcome, status, reason, detail, price_id, amount_micros, usage_day, statement_month, gateway_id,
                            recorded_at)
                        VALUES (
                            :request, :tenant, 'prj_1', 'key_1', 'key_1', '', '', 'm', '', '/v1/chat/completions', :at,
                            1, 2, 3, 0, 4, 0, FALSE, 'COMPLETED', 200, '', '', '', 5, DATE(:at), DATE_FORMAT(:at, '%Y-%m-01'), 'gateway-1', :at)
                        """)
                        .bind("request", requestId)
                        .bind("tenant", TENANT)
                        .bind("at", at)
                        .execute());
    }
}
