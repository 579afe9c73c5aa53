package ai.exaone.quota.statement;

import static ai.exaone.quota.admission.QuotaUnderTest.GATEWAY;
import static ai.exaone.quota.admission.QuotaUnderTest.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.admission.QuotaTime;
import ai.exaone.quota.admission.QuotaUnderTest;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Statements on a real database: every call on exactly one, to the last unit, and none changes after it was closed. */
@EveryEngine(migrated = "quota")
class StatementsTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final YearMonth APRIL = YearMonth.of(2026, 4);
    private static final YearMonth MAY = YearMonth.of(2026, 5);

    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    private final Statements statements;
    private long drained;

    StatementsTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
        zone("Asia/Seoul");
        statements = new Statements(
                new MySqlStatementStore(database.transactions(), epoch(database)),
                quota.generations,
                tenant -> SEOUL,
                time.wall,
                Duration.ofHours(72));
    }

    @Test
    void linesAreByProjectModelPriceAndKindOfToken() {
        Price first = quota.price(10, 1, 30);
        drain(call(time.wall.instant(), new TokenCount(100, 40, 7), Outcome.COMPLETED));
        time.advance(Duration.ofSeconds(1));
        Price second = quota.price(20, 2, 60);
        drain(
                call(time.wall.instant(), new TokenCount(8, 0, 2), Outcome.COMPLETED),
                call(time.wall.instant(), new TokenCount(8, 0, 2), Outcome.REFUSED));
        Statement statement = get(MARCH);
        assertThat(statement.lines())
                .extracting(
                        Statement.Line::priceId,
                        Statement.Line::kind,
                        Statement.Line::tokens,
                        Statement.Line::priceMicros,
                        Statement.Line::amountMicros)
                .containsExactly(
                        tuple(first.priceId(), TokenKind.INPUT, 60L, 10L, 600L),
                        tuple(first.priceId(), TokenKind.CACHED_INPUT, 40L, 1L, 40L),
                        tuple(first.priceId(), TokenKind.OUTPUT, 7L, 30L, 210L),
                        tuple(second.priceId(), TokenKind.INPUT, 8L, 20L, 160L),
                        tuple(second.priceId(), TokenKind.OUTPUT, 2L, 60L, 120L));
        assertThat(statement.sums().amountMicros()).isEqualTo(1130);
        assertThat(statement.sums().requests()).isEqualTo(3);
        assertThat(statement.refused()).isEqualTo(1);
        assertThat(statement.period().state()).isEqualTo(Statement.State.OPEN);
        assertThat(statement.period().start()).isEqualTo(Instant.parse("2026-02-28T15:00:00Z"));
        assertThat(StatementCsv.of(statement))
                .startsWith(
                        "\uFEFFmonth,usage_month,late,project_id,model,price_id,token_kind,tokens,price_krw,amount_krw\r\n")
                .contains("2026-03,2026-03,false," + quota.project + ",exaone-4.0-32b," + first.priceId()
                        + ",INPUT,60,0.000010,0.000600\r\n");
    }

    @Test
    void everyCallIsOnOneStatementToTheLastUnit() {
        var random = new Random(11);
        var recorded = new ArrayList<UsageRecord>();
        Instant start = time.wall.instant();
        for (int step = 0; step < 60; step++) {
            if (step % 15 == 0) {
                quota.price(random.nextLong(1_000), random.nextLong(1_000), random.nextLong(1_000));
            }
            if (step == 30) {
                // A tenant that moves: what was counted stays where it was.
                zone("America/New_York");
            }
            var batch = new ArrayList<UsageRecord>();
            for (int call = 0; call < 5; call++) {
                // Some come weeks late.
                Instant at = time.wall.instant().minusSeconds(random.nextInt(10) == 0 ? random.nextInt(3_000_000) : 5);
                at = at.isBefore(start) ? start : at;
                Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
                batch.add(call(
                        at,
                        new TokenCount(random.nextInt(5_000), random.nextInt(5_000), random.nextInt(5_000)),
                        outcome));
            }
            drain(batch.toArray(UsageRecord[]::new));
            recorded.addAll(batch);
            time.advance(Duration.ofHours(40));
            statements.closeDue();
        }
        List<Statement> months =
                statements.list(quota.tenant, "", PageRequest.first(50)).items();
        List<Statement.Line> lines = months.stream()
                .flatMap(month -> get(month.period().month()).lines().stream())
                .toList();
        List<UsageRecord> ledger = recorded.stream()
                .map(call -> quota.records.find(quota.tenant, call.requestId()).orElseThrow())
                .toList();
        assertThat(lines.stream().mapToLong(Statement.Line::amountMicros).sum())
                .isEqualTo(ledger.stream().mapToLong(UsageRecord::amountMicros).sum())
                .isPositive();
        assertThat(lines.stream().mapToLong(Statement.Line::tokens).sum())
                .isEqualTo(
                        ledger.stream().mapToLong(call -> call.billed().total()).sum());
        assertThat(months.stream().mapToLong(month -> month.sums().requests()).sum())
                .isEqualTo(ledger.size());
        assertThat(lines).anyMatch(Statement.Line::late);
        assertThat(lines).noneMatch(line -> line.kind() == TokenKind.OTHER);
        assertThat(months)
                .filteredOn(month -> month.period().state() == Statement.State.CLOSED)
                .hasSizeGreaterThan(2);
    }

    @Test
    void aClosedStatementDoesNotChangeAndLateCallsAreOnTheNextOne() {
        quota.price(10, 1, 30);
        Instant inMarch = time.wall.instant();
        drain(call(inMarch, new TokenCount(100, 0, 0), Outcome.COMPLETED));
        time.wall.set(Instant.parse("2026-04-03T14:59:59Z"));
        statements.closeDue();
        assertThat(get(MARCH).period().state()).isEqualTo(Statement.State.ENDED);
        // Still open: a call that is late, but not too late.
        drain(call(inMarch, new TokenCount(1, 0, 0), Outcome.COMPLETED));
        time.wall.set(Instant.parse("2026-04-03T15:00:00Z"));
        statements.closeDue();
        statements.closeDue();
        Statement closed = get(MARCH);
        assertThat(closed.period().state()).isEqualTo(Statement.State.CLOSED);
        assertThat(closed.period().closes()).isEqualTo(time.wall.instant());
        assertThat(closed.sums().amountMicros()).isEqualTo(1010);

        drain(call(inMarch, new TokenCount(7, 0, 0), Outcome.COMPLETED));
        assertThat(get(MARCH).lines()).isEqualTo(closed.lines());
        assertThat(get(MARCH).sums()).isEqualTo(closed.sums());
        assertThat(get(MARCH).later().amountMicros()).isEqualTo(70);
        assertThat(get(MARCH).later().requests()).isEqualTo(1);
        assertThat(get(APRIL).lines()).singleElement().satisfies(line -> {
            assertThat(line.late()).isTrue();
            assertThat(line.usageMonth()).isEqualTo(MARCH);
            assertThat(line.amountMicros()).isEqualTo(70);
        });
        assertThat(get(APRIL).lateMicros()).isEqualTo(70);
        // Whatever happens to what it was made of.
        execute("UPDATE usage_sum SET amount_micros = amount_micros + 1");
        assertThat(get(MARCH).sums()).isEqualTo(closed.sums());
    }

    @Test
    void aMonthWithoutCallsIsClosedToo() {
        quota.price(10, 1, 30);
        Instant inMarch = time.wall.instant();
        time.wall.set(Instant.parse("2026-05-20T00:00:00Z"));
        statements.closeDue();
        drain(call(inMarch, new TokenCount(7, 0, 0), Outcome.COMPLETED));
        assertThat(get(MARCH).sums().requests()).isZero();
        assertThat(get(APRIL).period().state()).isEqualTo(Statement.State.CLOSED);
        assertThat(get(MAY).lateMicros()).isEqualTo(70);
        assertThat(statements.list(quota.tenant, "", PageRequest.first(50)).items())
                .extracting(month -> month.period().month())
                .containsExactly(MAY);
    }

    @Test
    void aMonthWhoseSumsAreWrongIsNotClosed() {
        quota.price(10, 1, 30);
        drain(call(time.wall.instant(), new TokenCount(7, 0, 0), Outcome.COMPLETED));
        execute("""
                INSERT INTO ledger_difference VALUES ('dif_1', 'SUMS', '%s', '', '2026-03-19', 'requests', 1, 2, 1,
                                                      '2026-03-19', '2026-03-19', NULL)
                """.formatted(quota.tenant));
        time.wall.set(Instant.parse("2026-04-20T00:00:00Z"));
        statements.closeDue();
        assertThat(get(MARCH).period().state()).isEqualTo(Statement.State.ENDED);
        execute("UPDATE ledger_difference SET resolved_at = '2026-04-20'");
        statements.closeDue();
        assertThat(get(MARCH).period().state()).isEqualTo(Statement.State.CLOSED);
    }

    @Test
    void noCallIsLostBetweenAStatementAndTheNextWhileItIsClosed() throws Exception {
        quota.price(10, 1, 30);
        Instant inMarch = time.wall.instant();
        time.wall.set(Instant.parse("2026-04-20T00:00:00Z"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var drains = threads.submit(() -> {
                for (int call = 0; call < 200; call++) {
                    drain(call(inMarch, new TokenCount(1, 0, 0), Outcome.COMPLETED));
                }
                return true;
            });
            while (!drains.isDone() && get(MARCH).sums().requests() < 50) {
                Thread.onSpinWait();
            }
            statements.closeDue();
            Statement closed = get(MARCH);
            assertThat(closed.period().state()).isEqualTo(Statement.State.CLOSED);
            drains.get();
            assertThat(get(MARCH).sums()).isEqualTo(closed.sums());
            assertThat(closed.sums().requests() + get(APRIL).sums().requests()).isEqualTo(200);
            assertThat(get(MARCH).later().requests())
                    .isEqualTo(get(APRIL).sums().requests());
        }
    }

    @Test
    void othersSeeNothingOfIt() {
        quota.price(10, 1, 30);
        drain(call(time.wall.instant(), new TokenCount(7, 0, 0), Outcome.COMPLETED));
        assertThat(statements.get(IDS.next("tnt"), MARCH, "").lines()).isEmpty();
        assertThat(statements.get(quota.tenant, MARCH, IDS.next("prj")).lines()).isEmpty();
        assertThat(statements.get(quota.tenant, MARCH, quota.project).lines()).hasSize(1);
        assertThatThrownBy(() -> get(APRIL))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(StatementError.STATEMENT_NOT_FOUND));
    }

    private Statement get(YearMonth month) {
        return statements.get(quota.tenant, month, "");
    }

    private UsageRecord call(Instant at, TokenCount tokens, Outcome outcome) {
        UsageRecord call = quota.call(IDS.next("req"), 0, 0, outcome);
        return new UsageRecord(
                call.requestId(),
                call.caller(),
                call.model(),
                call.replicaId(),
                call.path(),
                at,
                call.firstByte(),
                call.duration(),
                tokens,
                0,
                false,
                call.result(),
                "",
                0,
                Optional.empty());
    }

    private void drain(UsageRecord... calls) {
        long from = drained++;
        assertThat(quota.ledger.append(
                        GATEWAY, new SpoolPosition(0, from), new SpoolPosition(0, drained), List.of(calls)))
                .isEqualTo(new SpoolPosition(0, drained));
    }

    private void zone(String zone) {
        execute("REPLACE INTO tenant_time_zone (tenant_id, time_zone) VALUES ('" + quota.tenant + "', '" + zone + "')");
    }

    private void execute(String sql) {
        database.transactions().withHandle(handle -> handle.execute(sql));
    }

    /** The epoch of whoever is the active writer is what counts; this only asks for it. */
    private static MySqlWriterEpoch epoch(TestDatabase database) {
        return new MySqlWriterEpoch(database.transactions(), "statements");
    }
}
