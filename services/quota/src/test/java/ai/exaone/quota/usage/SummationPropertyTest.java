package ai.exaone.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.store.StoredTime;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked, the sums are those of the rows to the last unit: calls that came in any order, some in the place of others, of a tenant
 * that moved from zone to zone, asked for by ends that cut days and hours.
 */
@EveryEngine(migrated = "quota")
class SummationPropertyTest {
    private static final Instant FIRST = Instant.parse("2026-02-27T00:00:00Z");
    private static final Duration RANGE = Duration.ofDays(40);
    private static final int QUESTIONS = 150;
    /** Of whole and of broken hours; clocks are set in New York, by half an hour on Lord Howe. */
    private static final List<String> ZONES = List.of(
            "Asia/Seoul",
            "America/New_York",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Kiritimati",
            "Etc/GMT+12");

    private static final IdGenerator IDS = new IdGenerator(StoredTime.clock(), new SecureRandom());

    private final TestDatabase database;
    private final String tenant = IDS.next("tnt");
    private final List<UsageRecord> calls = new ArrayList<>();
    private long drained;

    SummationPropertyTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void sumsAreThoseOfTheRows() {
        long seed = new SecureRandom().nextLong();
        var random = new Random(seed);
        List<String> zones = List.of(any(ZONES, random), any(ZONES, random), any(ZONES, random));
        for (String zone : zones) {
            moveTo(zone);
            for (int batch = 0; batch < 6; batch++) {
                drain(random);
            }
        }
        for (int asked = 0; asked < QUESTIONS; asked++) {
            ZoneId zone = ZoneId.of(asked % 2 == 0 ? zones.getLast() : any(ZONES, random));
            SumQuestion question = question(random, zone);
            UsageReport report = new UsageReports(
                            new MySqlUsageRecords(database.transactions()),
                            new MySqlSumSource(database.transactions()),
                            tenantId -> zone)
                    .sum(tenant, question);
            List<UsageReport.Line> expected = expected(question, zone);
            assertThat(report.lines())
                    .as("seed %d, %s in %s, recorded in %s", seed, question, zone, zones)
                    .isEqualTo(expected);
            assertThat(report.total())
                    .isEqualTo(expected.stream().reduce(UsageReport.Line.NOTHING, UsageReport.Line::plus));
        }
    }

    private void moveTo(String zone) {
        database.transactions()
                .withHandle(handle -> handle.execute("REPLACE INTO tenant_time_zone VALUES (?, ?)", tenant, zone));
    }

    /** New calls, and some that take the place of others. */
    private void drain(Random random) {
        var fresh = new ArrayList<UsageRecord>();
        for (int call = 0; call < 60; call++) {
            fresh.add(call(IDS.next("req"), random));
        }
        var replaced = new HashSet<String>();
        for (int index = calls.size() - 1; index >= 0; index -= 1 + random.nextInt(20)) {
            String request = calls.get(index).requestId();
            replaced.add(request);
            calls.remove(index);
            fresh.add(call(request, random));
        }
        database.transactions()
                .useTransaction(handle -> MySqlIntake.store(
                        handle, "gateway-1", new SpoolPosition(0, ++drained), FIRST, fresh, Set.copyOf(replaced)));
        calls.addAll(fresh);
    }

    private static SumQuestion question(Random random, ZoneId zone) {
        Instant from = end(random, zone);
        Instant until = end(random, zone);
        if (until.isBefore(from)) {
            Instant earlier = until;
            until = from;
            from = earlier;
        }
        return new SumQuestion(
                from,
                until.equals(from) ? until.plusSeconds(1) : until,
                random.nextInt(3) == 0 ? "prj_1" : "",
                random.nextInt(3) == 0 ? "key_2" : "",
                random.nextInt(3) == 0 ? "model-0" : "",
                any(List.of(Dimension.values()), random),
                any(List.of(Interval.values()), random));
    }

    /** An end of a range: of a day, of an hour, or anywhere, also where there are no calls. */
    private static Instant end(Random random, ZoneId zone) {
        Instant at = FIRST.plusMillis(random.nextLong(-90_000_000, RANGE.toMillis() + 90_000_000));
        return switch (random.nextInt(3)) {
            case 0 -> Interval.DAY.start(at, zone).orElseThrow();
            case 1 -> at.truncatedTo(ChronoUnit.HOURS);
            default -> at.truncatedTo(ChronoUnit.SECONDS);
        };
    }

    private List<UsageReport.Line> expected(SumQuestion question, ZoneId zone) {
        var lines = new TreeMap<String, UsageReport.Line>();
        for (UsageRecord call : calls) {
            if (!isAskedFor(call, question)) {
                continue;
            }
            Optional<Instant> start = question.interval().start(call.startedAt(), zone);
            String group = group(call, question.dimension());
            var line = new UsageReport.Line(
                    group,
                    start,
                    1,
                    call.result().outcome() == Outcome.REFUSED ? 1 : 0,
                    call.billed().input(),
                    call.billed().output(),
                    call.amountMicros());
            lines.merge(start.map(Instant::toString).orElse("") + " " + group, line, UsageReport.Line::plus);
        }
        return List.copyOf(lines.values());
    }

    private static boolean isAskedFor(UsageRecord call, SumQuestion question) {
        return !call.startedAt().isBefore(question.from())
                && call.startedAt().isBefore(question.until())
                && (question.projectId().isEmpty() || call.caller().projectId().equals(question.projectId()))
                && (question.keyId().isEmpty() || call.caller().keyId().equals(question.keyId()))
                && (question.model().isEmpty() || call.model().equals(question.model()));
    }

    private static String group(UsageRecord call, Dimension dimension) {
        return switch (dimension) {
            case NONE -> "";
            case PROJECT -> call.caller().projectId();
            case KEY -> call.caller().keyId();
            case MODEL -> call.model();
            case AGENT -> call.caller().agentId();
            case OUTCOME -> call.result().outcome().name();
        };
    }

    private UsageRecord call(String requestId, Random random) {
        Outcome outcome = any(List.of(Outcome.values()), random);
        int project = random.nextInt(2);
        return new UsageRecord(
                requestId,
                new UsageRecord.Caller(
                        tenant,
                        "prj_" + project,
                        "key_" + (project + 2 * random.nextInt(2)),
                        "usr_1",
                        random.nextInt(3) == 0 ? "agt_1" : "",
                        ""),
                "model-" + random.nextInt(2),
                "rep_1",
                "/v1/chat/completions",
                FIRST.plusMillis(random.nextLong(RANGE.toMillis())),
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                new TokenCount(random.nextInt(1_000), 0, random.nextInt(1_000)),
                0,
                false,
                new UsageRecord.Result(outcome, 200, "", ""),
                "",
                outcome == Outcome.REFUSED ? 0 : random.nextLong(1_000_000),
                Optional.empty());
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
