package io.afterlearner.study;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The valid names nearest to a misspelt one. */
public final class Nearest {
    private static final int MOST_COMPARED = 10_000;

    private Nearest() {}

    /** At most {@code most} of the valid names, nearest first; ties in the order given. */
    public static List<String> of(String word, Collection<String> valid, int most) {
        return valid.stream()
                .limit(MOST_COMPARED)
                .sorted(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .limit(most)
                .toList();
    }

    /** {@code "; did you mean x?"} where a valid name is close enough to be a slip, else {@code "; known: a, b, …"}. */
    public static String hint(String word, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "";
        }
        String best = of(word, valid, 1).get(0);
        if (distance(word, best) <= Math.max(2, best.length() / 3)) {
            return "; did you mean " + best + "?";
        }
        String some = String.join(", ", of(word, valid, 8));
        return "; known: " + some + (valid.size() > 8 ? ", …" : "");
    }

    /** Levenshtein distance without regard to case; a contained word counts as one slip more than none. */
    static int distance(String a, String b) {
        String x = a.toLowerCase(Locale.ROOT);
        String y = b.toLowerCase(Locale.ROOT);
        if (x.length() > 2 && y.contains(x)) {
            return 1;
        }
        int[] row = new int[y.length() + 1];
        for (int j = 0; j <= y.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length(); j++) {
                int substituted = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[y.length()];
    }
}
