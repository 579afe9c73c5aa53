package ai.exaone.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table in Markdown that can be read as it stands: the first columns are words, the others numbers. */
public final class MarkdownTable {
    private static final int DIGITS = 3;
    private static final int MOST_DECIMALS = 6;

    private final int wordColumns;
    private final List<List<String>> rows = new ArrayList<>();

    public MarkdownTable(int wordColumns, String... headings) {
        this.wordColumns = wordColumns;
        rows.add(List.of(headings));
    }

    public void add(List<String> row) {
        if (row.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("A row of " + row.size() + " cells in a table of "
                    + rows.getFirst().size());
        }
        rows.add(List.copyOf(row));
    }

    /** With three digits that count, or {@code -} where there is no number. */
    static String number(Optional<Double> value) {
        return value.filter(Double::isFinite).map(MarkdownTable::number).orElse("-");
    }

    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return String.format(Locale.ROOT, "%." + Math.clamp(DIGITS - whole, 0, MOST_DECIMALS) + "f", value);
    }

    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(1));
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            text.append(line(rows.get(row), widths));
            if (row == 0) {
                text.append(rule(widths));
            }
        }
        return text.toString();
    }

    private String line(List<String> row, List<Integer> widths) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String space = " ".repeat(widths.get(column) - row.get(column).length());
            padded.add(column < wordColumns ? row.get(column) + space : space + row.get(column));
        }
        return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String rule(List<Integer> widths) {
        List<String> dashes = new ArrayList<>();
        for (int column = 0; column < widths.size(); column++) {
            int width = widths.get(column);
            dashes.add(column < wordColumns ? "-".repeat(width + 2) : "-".repeat(width + 1) + ":");
        }
        return dashes.stream().collect(Collectors.joining("|", "|", "|\n"));
    }
}
