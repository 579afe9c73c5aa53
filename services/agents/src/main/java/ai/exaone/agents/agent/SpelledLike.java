package ai.exaone.agents.agent;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class SpelledLike {
    private SpelledLike() {}

    /** The known name nearest to a written one, if it is near: at most a third of its letters differ. */
    static Optional<String> nearest(String written, Collection<String> known) {
        int bound = Math.max(2, written.length() / 3);
        return known.stream()
                .map(name -> new Candidate(name, distance(fold(written), fold(name))))
                .filter(candidate -> candidate.distance <= bound && candidate.distance < candidate.name.length())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edits that turn one into the other; two neighbouring letters exchanged count once (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            edits[row][0] = row;
        }
        for (int column = 0; column <= right.length(); column++) {
            edits[0][column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            for (int column = 1; column <= right.length(); column++) {
                boolean same = left.charAt(row - 1) == right.charAt(column - 1);
                int replaced = edits[row - 1][column - 1] + (same ? 0 : 1);
                int fewest = Math.min(replaced, Math.min(edits[row - 1][column], edits[row][column - 1]) + 1);
                boolean exchanged = row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1);
                edits[row][column] = exchanged ? Math.min(fewest, edits[row - 2][column - 2] + 1) : fewest;
            }
        }
        return edits[left.length()][right.length()];
    }

    private record Candidate(String name, int distance) {}
}
