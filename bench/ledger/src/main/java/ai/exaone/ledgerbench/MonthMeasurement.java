package ai.exaone.ledgerbench;

import ai.exaone.quota.usage.Dimension;
import ai.exaone.quota.usage.Interval;
import ai.exaone.quota.usage.SumQuestion;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How soon a month's sums are answered: the month is one tenant's and was settled call by call. */
final class MonthMeasurement {
    private static final int WARM_UP_QUESTIONS = 5;
    private static final int TOLD_EVERY = 500_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final QuotaClient quota;
    private final DatabaseProcess database;
    private final int stretch;
    private final SpoolMessages spool;
    /** The next one: for it the ledger has its weeks. */
    private final YearMonth month = YearMonth.now(QuotaClient.ZONE).plusMonths(1);

    MonthMeasurement(DatabaseProcess database, QuotaClient quota, int stretch, int keys, long position) {
        this.database = database;
        this.quota = quota;
        this.stretch = stretch;
        this.spool = new SpoolMessages(1, keys, position);
    }

    /** The milliseconds that answers took, by question. */
    record Result(int records, Costs filling, Map<String, List<Double>> answers) {
        String table() {
            var table = new StringBuilder("""
                    %d calls of one tenant in a month, settled in %.0f s (%.0f by CPU second, %.1f µs of the database's CPU each).

                    | question | p50 ms | p99 ms | max ms |
                    |----------|-------:|-------:|-------:|
                    """.formatted(
                            records,
                            filling.seconds(),
                            records / filling.cpuSeconds(),
                            filling.databaseSeconds() * 1e6 / records));
            answers.forEach((question, millis) -> table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f |%n",
                    question,
                    quantile(millis, 0.5),
                    quantile(millis, 0.99),
                    quantile(millis, 1))));
            return table.toString();
        }

        private static double quantile(List<Double> millis, double share) {
            List<Double> sorted = millis.stream().sorted().toList();
            return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
        }
    }

    Result run(int records, int questions) {
        Costs filling = Costs.of(database, () -> fill(records));
        var answers = new LinkedHashMap<String, List<Double>>();
        Map<String, SumQuestion> asked = questions();
        for (int round = -WARM_UP_QUESTIONS; round < questions; round++) {
            boolean counts = round >= 0;
            asked.forEach((name, question) -> {
                double millis = answer(question, records);
                if (counts) {
                    answers.computeIfAbsent(name, any -> new ArrayList<>()).add(millis);
                }
            });
        }
        return new Result(records, filling, answers);
    }

    private void fill(int records) {
        Instant begin = month.atDay(1).atStartOfDay(QuotaClient.ZONE).toInstant();
        Duration length = Duration.ofDays(month.lengthOfMonth());
        for (int done = 0; done < records; done += stretch) {
            int calls = Math.min(stretch, records - done);
            Instant from = begin.plusNanos((long) ((double) length.toNanos() * done / records));
            quota.append(
                    spool.next(calls, from, Duration.ofNanos((long) ((double) length.toNanos() * calls / records))));
            if (done > 0 && done % TOLD_EVERY == 0) {
                System.err.printf(Locale.ROOT, "… %d calls of the month are settled%n", done);
            }
        }
    }

    private double answer(SumQuestion question, int records) {
        long began = System.nanoTime();
        var report = quota.sum(spool.tenant(), question);
        double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
        boolean all = question.projectId().isEmpty()
                && question.until().equals(start(month.plusMonths(1).atDay(1)));
        if (all
                && question.from().equals(start(month.atDay(1)))
                && report.total().requests() != records) {
            throw new IllegalStateException("Calls are missing: " + report.total());
        }
        return millis;
    }

    private Map<String, SumQuestion> questions() {
        var questions = new LinkedHashMap<String, SumQuestion>();
        Instant from = start(month.atDay(1));
        Instant until = start(month.plusMonths(1).atDay(1));
        for (Dimension dimension : Dimension.values()) {
            questions.put("the month by days, " + named(dimension), question(from, until, "", dimension, Interval.DAY));
        }
        questions.put("the month in one sum by key", question(from, until, "", Dimension.KEY, Interval.NONE));
        questions.put(
                "one project's month by days and model",
                question(from, until, spool.project(), Dimension.MODEL, Interval.DAY));
        questions.put(
                "29 days with both ends within hours, by days and key",
                question(
                        from.plus(Duration.ofMinutes(737)),
                        until.minus(Duration.ofMinutes(703)),
                        "",
                        Dimension.KEY,
                        Interval.DAY));
        questions.put(
                "7 days by hours and model",
                question(
                        from.plus(Duration.ofDays(7)),
                        from.plus(Duration.ofDays(14)),
                        "",
                        Dimension.MODEL,
                        Interval.HOUR));
        questions.put("the month by hours, together", question(from, until, "", Dimension.NONE, Interval.HOUR));
        questions.put("the month by hours and model", question(from, until, "", Dimension.MODEL, Interval.HOUR));
        return questions;
    }

    private static SumQuestion question(
            Instant from, Instant until, String project, Dimension dimension, Interval interval) {
        return new SumQuestion(from, until, project, "", "", dimension, interval);
    }

    private static String named(Dimension dimension) {
        return dimension == Dimension.NONE
                ? "together"
                : "by " + dimension.name().toLowerCase(Locale.ROOT);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(QuotaClient.ZONE).toInstant();
    }
}
