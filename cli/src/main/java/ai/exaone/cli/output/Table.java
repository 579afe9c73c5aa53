package ai.exaone.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as their widest cell. Hangul and other wide letters count two. */
public final class Table {
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    public void add(List<String> cells) {
        rows.add(cells.stream().map(Table::cut).toList());
    }

    public void print(PrintWriter out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String cut(String cell) {
        String line = cell.lines().findFirst().orElse("");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private static int width(String text) {
        return text.codePoints().map(letter -> isWide(letter) ? 2 : 1).sum();
    }

    /** The blocks that terminals show two columns wide, as far as the platform's languages use them. */
    private static boolean isWide(int letter) {
        return (letter >= 0x1100 && letter <= 0x115F)
                || (letter >= 0x2E80 && letter <= 0xA4CF)
                || (letter >= 0xAC00 && letter <= 0xD7A3)
                || (letter >= 0xF900 && letter <= 0xFAFF)
                || (letter >= 0xFF00 && letter <= 0xFF60);
    }
}
