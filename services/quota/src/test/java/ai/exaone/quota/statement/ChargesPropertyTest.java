package ai.exaone.quota.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.price.Rates;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.CallSums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Lines add up to what the calls cost, whatever the calls and prices, to the last unit. */
class ChargesPropertyTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 3);

    @Property
    void linesAddUpToTheCalls(@ForAll("calls") List<TokenCount> calls, @ForAll("rates") Rates rates) {
        CallSums sums = sums(calls, rates);
        Statement statement = statement(sums, Optional.of(rates));
        assertThat(total(statement)).isEqualTo(sums.amountMicros());
        assertThat(statement.sums().amountMicros()).isEqualTo(sums.amountMicros());
        assertThat(tokens(statement, TokenKind.INPUT) + tokens(statement, TokenKind.CACHED_INPUT))
                .isEqualTo(sums.inputTokens());
        assertThat(tokens(statement, TokenKind.OUTPUT)).isEqualTo(sums.outputTokens());
        assertThat(statement.lines()).noneMatch(line -> line.kind() == TokenKind.OTHER);
        assertThat(statement.lines()).allMatch(line -> line.amountMicros() == line.tokens() * line.priceMicros());
    }

    @Property
    void whatThePriceDoesNotExplainHasALineOfItsOwn(
            @ForAll("calls") List<TokenCount> calls,
            @ForAll("rates") Rates rates,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long more) {
        CallSums right = sums(calls, rates);
        CallSums sums = right.plus(new CallSums(0, 0, 0, 0, 0, more));
        Statement statement = statement(sums, Optional.of(rates));
        assertThat(total(statement)).isEqualTo(sums.amountMicros());
        assertThat(statement.lines().stream()
                        .filter(line -> line.kind() == TokenKind.OTHER)
                        .mapToLong(Statement.Line::amountMicros)
                        .sum())
                .isEqualTo(more);
        assertThat(total(statement(sums, Optional.empty()))).isEqualTo(sums.amountMicros());
    }

    @Property
    void onlyThePayableAmountIsRounded(@ForAll long micros) {
        Statement statement = statement(new CallSums(1, 0, 0, 0, 0, micros), Optional.empty());
        assertThat(BigDecimal.valueOf(statement.payable()))
                .isEqualTo(BigDecimal.valueOf(micros, 6).setScale(0, RoundingMode.HALF_EVEN));
        assertThat(total(statement)).isEqualTo(micros);
    }

    @Provide
    Arbitrary<List<TokenCount>> calls() {
        Arbitrary<Long> tokens = Arbitraries.longs().between(0, 200_000);
        return Combinators.combine(tokens, tokens, tokens)
                .as(TokenCount::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Rates> rates() {
        Arbitrary<Long> micros = Arbitraries.longs().between(0, 1_000_000_000L);
        return Combinators.combine(micros, micros, micros).as(Rates::new);
    }

    private static CallSums sums(List<TokenCount> calls, Rates rates) {
        return calls.stream()
                .map(call -> new CallSums(1, call.input(), call.cachedInput(), call.output(), 0, rates.amount(call)))
                .reduce(CallSums.NOTHING, CallSums::plus);
    }

    private static Statement statement(CallSums sums, Optional<Rates> rates) {
        var period = new Statement.Period(MONTH, ZoneOffset.UTC, Statement.State.OPEN, Instant.EPOCH);
        var charges = new Charges(MONTH, "prj_1", "exaone", "prc_1", 0, sums);
        return Statement.of(
                "tnt_1",
                period,
                List.of(charges),
                CallSums.NOTHING,
                rates.map(found -> Map.of("prc_1", found)).orElse(Map.of()));
    }

    private static long total(Statement statement) {
        return statement.lines().stream()
                .mapToLong(Statement.Line::amountMicros)
                .reduce(0, Math::addExact);
    }

    private static long tokens(Statement statement, TokenKind kind) {
        return statement.lines().stream()
                .filter(line -> line.kind() == kind)
                .mapToLong(Statement.Line::tokens)
                .sum();
    }
}
