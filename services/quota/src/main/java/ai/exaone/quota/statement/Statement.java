package ai.exaone.quota.statement;

import ai.exaone.quota.price.Rates;
import ai.exaone.quota.usage.CallSums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant's calls of one month cost.
 *
 * @param refused calls among {@code sums} that were refused
 * @param sums of all lines
 * @param later calls of the month that came after it was closed; they are on later statements
 * @param lines by project, model, price, month and kind; empty where only sums were asked for
 */
public record Statement(String tenantId, Period period, long refused, CallSums sums, CallSums later, List<Line> lines) {
    private static final int MICRO_DIGITS = 6;
    private static final Comparator<Charges> ORDER = Comparator.comparing(Charges::projectId)
            .thenComparing(Charges::model)
            .thenComparing(Charges::priceId)
            .thenComparing(Charges::usageMonth);

    public Statement {
        lines = List.copyOf(lines);
    }

    /** Whether a statement may still change. */
    public enum State {
        /** The month is not over. */
        OPEN,
        /** The month is over; calls of it may still come. */
        ENDED,
        /** Final. */
        CLOSED
    }

    /**
     * The month and how it stands.
     *
     * @param zone in which it is the month
     * @param closes when it was closed, or will be at the earliest
     */
    public record Period(YearMonth month, ZoneId zone, State state, Instant closes) {
        public Instant start() {
            return month.atDay(1).atStartOfDay(zone).toInstant();
        }

        /** Exclusive. */
        public Instant end() {
            return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        }
    }

    /**
     * Tokens of one kind, of one project, model and price.
     *
     * @param usageMonth in which the calls were made
     * @param late whether they came after the statement of that month was closed
     * @param priceMicros of one token, in micro-KRW
     * @param amountMicros tokens times price
     */
    public record Line(
            String projectId,
            String model,
            String priceId,
            YearMonth usageMonth,
            boolean late,
            TokenKind kind,
            long tokens,
            long priceMicros,
            long amountMicros) {}

    /**
     * Makes a statement of what calls add up to.
     *
     * @param rates of each price that is named
     */
    static Statement of(
            String tenantId, Period period, List<Charges> charges, CallSums later, Map<String, Rates> rates) {
        List<Line> lines = charges.stream()
                .sorted(ORDER)
                .flatMap(part -> part.lines(period.month(), Optional.ofNullable(rates.get(part.priceId()))).stream())
                .toList();
        long refused = charges.stream().mapToLong(Charges::refused).reduce(0, Math::addExact);
        CallSums sums = charges.stream().map(Charges::sums).reduce(CallSums.NOTHING, CallSums::plus);
        return new Statement(tenantId, period, refused, sums, later, lines);
    }

    /** What of the amount is of late calls, in micro-KRW. */
    public long lateMicros() {
        return lines.stream().filter(Line::late).mapToLong(Line::amountMicros).reduce(0, Math::addExact);
    }

    /** The amount in whole KRW: the one number that is rounded, half to even. */
    public long payable() {
        return BigDecimal.valueOf(sums.amountMicros(), MICRO_DIGITS)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
