package io.afterlearner.evaluation.loss;

import java.util.Collection;
import java.util.Comparator;

/** The name someone meant who wrote another. */
public final class Nearest {
    /** Longer names are cut: the cost is the product of the lengths. */
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** Words for an error: the nearest name by edits, then all of them when they are few. */
    public static String among(String written, Collection<String> names) {
        if (names.isEmpty()) {
            return "there is none to choose";
        }
        String nearest = names.stream()
                .min(Comparator.comparingInt(name -> edits(written, name)))
                .orElseThrow();
        String all = names.size() > 12 ? "" : " (known: " + String.join(", ", names) + ")";
        return "did you mean \"" + nearest + "\"?" + all;
    }

    /** Levenshtein's distance. */
    private static int edits(String written, String name) {
        String a = written.substring(0, Math.min(MAX_LENGTH, written.length()));
        String b = name.substring(0, Math.min(MAX_LENGTH, name.length()));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
