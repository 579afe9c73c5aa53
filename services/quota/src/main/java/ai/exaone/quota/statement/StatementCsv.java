package ai.exaone.quota.statement;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A statement's lines as a CSV file (RFC 4180), with a byte order mark, by which spreadsheets know that it is UTF-8. */
final class StatementCsv {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String END = "\r\n";
    private static final int MICRO_DIGITS = 6;
    private static final List<String> COLUMNS = List.of(
            "month",
            "usage_month",
            "late",
            "project_id",
            "model",
            "price_id",
            "token_kind",
            "tokens",
            "price_krw",
            "amount_krw");

    private StatementCsv() {}

    static String of(Statement statement) {
        String month = statement.period().month().toString();
        Stream<List<String>> lines = statement.lines().stream()
                .map(line -> List.of(
                        month,
                        line.usageMonth().toString(),
                        Boolean.toString(line.late()),
                        line.projectId(),
                        line.model(),
                        line.priceId(),
                        line.kind().name(),
                        Long.toString(line.tokens()),
                        decimal(line.priceMicros()),
                        decimal(line.amountMicros())));
        return Stream.concat(Stream.of(COLUMNS), lines)
                .map(row -> row.stream().map(StatementCsv::field).collect(Collectors.joining(",")))
                .collect(Collectors.joining(END, BYTE_ORDER_MARK, END));
    }

    /** Micro-KRW as KRW with all digits. */
    private static String decimal(long micros) {
        return BigDecimal.valueOf(micros, MICRO_DIGITS).toPlainString();
    }

    /** Quoted where it must be; a sign that a spreadsheet would run as a formula is made text, unless it is a number's. */
    private static String field(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 && !value.matches("-?[0-9.]+");
        String safe = formula ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
