package ai.exaone.quota.statement;

import ai.exaone.quota.price.Rates;
import ai.exaone.quota.usage.CallSums;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What calls of one project, model, price and month add up to: what the lines of a statement are made of.
 *
 * @param usageMonth in which they were made
 * @param priceId empty where the model had no price
 * @param refused calls among them that were refused
 * @param sums of all of them
 */
public record Charges(
        YearMonth usageMonth, String projectId, String model, String priceId, long refused, CallSums sums) {

    /**
     * A line for each kind of tokens there is, and one more should the amount be another than tokens times price: lines add up to the amount,
     * always.
     *
     * @param rates of the price; empty where there is none
     */
    List<Statement.Line> lines(YearMonth month, Optional<Rates> rates) {
        var lines = new ArrayList<Statement.Line>();
        long fresh = Math.subtractExact(sums.inputTokens(), sums.cachedInputTokens());
        add(lines, month, TokenKind.INPUT, fresh, rates.map(Rates::inputMicros));
        add(lines, month, TokenKind.CACHED_INPUT, sums.cachedInputTokens(), rates.map(Rates::cachedInputMicros));
        add(lines, month, TokenKind.OUTPUT, sums.outputTokens(), rates.map(Rates::outputMicros));
        long explained = lines.stream().mapToLong(Statement.Line::amountMicros).reduce(0, Math::addExact);
        long other = Math.subtractExact(sums.amountMicros(), explained);
        if (other != 0) {
            lines.add(line(month, TokenKind.OTHER, 0, 0, other));
        }
        return lines;
    }

    private void add(
            List<Statement.Line> lines, YearMonth month, TokenKind kind, long tokens, Optional<Long> priceMicros) {
        if (tokens != 0) {
            long price = priceMicros.orElse(0L);
            lines.add(line(month, kind, tokens, price, Math.multiplyExact(tokens, price)));
        }
    }

    private Statement.Line line(YearMonth month, TokenKind kind, long tokens, long price, long amount) {
        return new Statement.Line(
                projectId, model, priceId, usageMonth, usageMonth.isBefore(month), kind, tokens, price, amount);
    }
}
