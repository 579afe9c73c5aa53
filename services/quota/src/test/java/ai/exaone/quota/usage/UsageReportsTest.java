package ai.exaone.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.store.StoredTime;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sums made by SQL against sums made one by one, in a zone that sets its clocks forward in the middle. */
@EveryEngine(migrated = "quota")
class UsageReportsTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Instant FROM = Instant.parse("2026-02-20T03:17:00Z");
    private static final Instant UNTIL = Instant.parse("2026-04-10T22:41:00Z");
    private static final UsageFilter FILTER = new UsageFilter(FROM, UNTIL, "", "", "", "", Optional.empty());
    private static final IdGenerator IDS = new IdGenerator(StoredTime.clock(), new SecureRandom());

    private final TestDatabase database;
    private final UsageReports reports;
    private final String tenant = IDS.next("tnt");
    private final List<UsageRecord> calls = new ArrayList<>();

    UsageReportsTest(TestDatabase database) {
        this.database = database;
        reports = new UsageReports(
                new MySqlUsageRecords(database.transactions()),
                new MySqlSumSource(database.transactions()),
                tenantId -> ZONE);
        var random = new Random(7);
        long seconds = Duration.between(FROM, UNTIL).toSeconds();
        for (int call = 0; call < 400; call++) {
            calls.add(call(tenant, FROM.plusSeconds(random.nextLong(-90_000, seconds + 90_000)), random));
        }
        var others = List.of(call(IDS.next("tnt"), FROM.plusSeconds(1), random));
        database.transactions().useTransaction(handle -> {
            MySqlIntake.store(handle, "gateway-1", new SpoolPosition(0, 1), UNTIL, calls, Set.of());
            MySqlIntake.store(handle, "gateway-1", new SpoolPosition(0, 2), UNTIL, others, Set.of());
        });
        calls.removeIf(
                call -> call.startedAt().isBefore(FROM) || !call.startedAt().isBefore(UNTIL));
    }

    @Test
    void hoursDaysAndMonthsAreTheZones() {
        for (Interval interval : Interval.values()) {
            for (Dimension dimension : List.of(Dimension.NONE, Dimension.MODEL, Dimension.OUTCOME)) {
                UsageReport report = reports.sum(tenant, question("", dimension, interval));
                assertThat(report.lines()).as("%s by %s", interval, dimension).isEqualTo(expected(dimension, interval));
                assertThat(report.total().requests()).isEqualTo(calls.size());
                assertThat(report.total().amountMicros())
                        .isEqualTo(calls.stream()
                                .mapToLong(UsageRecord::amountMicros)
                                .sum());
            }
        }
    }

    @Test
    void onlyWhatIsAskedForIsSummed() {
        UsageReport report = reports.sum(tenant, question("model-1", Dimension.NONE, Interval.NONE));
        assertThat(report.total().requests())
                .isEqualTo(calls.stream()
                        .filter(call -> call.model().equals("model-1"))
                        .count());
    }

    @Test
    void pagesHoldEveryCallOnceTheNewestFirst() {
        var listed = new ArrayList<UsageRecord>();
        String token = "";
        do {
            var page = reports.list(tenant, FILTER, PageRequest.of(37, token));
            listed.addAll(page.items());
            token = page.nextToken();
        } while (!token.isEmpty());
        assertThat(listed).hasSameSizeAs(calls).containsAll(calls);
        assertThat(listed).isSortedAccordingTo((one, other) -> other.startedAt().compareTo(one.startedAt()));
    }

    @Test
    void anEmptyOrEndlessRangeIsRefused() {
        var backwards = new SumQuestion(UNTIL, FROM, "", "", "", Dimension.NONE, Interval.DAY);
        var endless = new SumQuestion(FROM, FROM.plus(Duration.ofDays(401)), "", "", "", Dimension.NONE, Interval.DAY);
        for (SumQuestion question : List.of(backwards, endless)) {
            assertThatThrownBy(() -> reports.sum(tenant, question))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(UsageError.USAGE_RANGE_INVALID));
        }
    }

    private List<UsageReport.Line> expected(Dimension dimension, Interval interval) {
        var lines = new TreeMap<String, UsageReport.Line>();
        for (UsageRecord call : calls) {
            Optional<Instant> start = start(call.startedAt(), interval);
            String group = switch (dimension) {
                case MODEL -> call.model();
                case OUTCOME -> call.result().outcome().name();
                case NONE, PROJECT, KEY, AGENT -> "";
            };
            boolean refused = call.result().outcome() == Outcome.REFUSED;
            var line = new UsageReport.Line(
                    group,
                    start,
                    1,
                    refused ? 1 : 0,
                    call.billed().input(),
                    call.billed().output(),
                    call.amountMicros());
            lines.merge(start.map(Instant::toString).orElse("") + " " + group, line, UsageReport.Line::plus);
        }
        return List.copyOf(lines.values());
    }

    private static Optional<Instant> start(Instant at, Interval interval) {
        LocalDate day = LocalDate.ofInstant(at, ZONE);
        return switch (interval) {
            case NONE -> Optional.empty();
            case HOUR -> Optional.of(at.truncatedTo(ChronoUnit.HOURS));
            case DAY -> Optional.of(day.atStartOfDay(ZONE).toInstant());
            case MONTH -> Optional.of(day.withDayOfMonth(1).atStartOfDay(ZONE).toInstant());
        };
    }

    private static SumQuestion question(String model, Dimension dimension, Interval interval) {
        return new SumQuestion(FROM, UNTIL, "", "", model, dimension, interval);
    }

    private static UsageRecord call(String tenantId, Instant at, Random random) {
        Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
        long amount = outcome == Outcome.REFUSED ? 0 : random.nextLong(1_000_000);
        return new UsageRecord(
                IDS.next("req"),
                new UsageRecord.Caller(tenantId, "prj_1", "key_1", "key_1", "", ""),
                "model-" + random.nextInt(3),
                "rep_1",
                "/v1/chat/completions",
                at,
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                new TokenCount(random.nextInt(1_000), 0, random.nextInt(1_000)),
                0,
                false,
                new UsageRecord.Result(outcome, 200, "", ""),
                "",
                amount,
                Optional.empty());
    }
}
