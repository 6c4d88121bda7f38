package io.afterlearner.aleph;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The valid names nearest to a misspelt one, for error messages. */
public final class Nearest {
    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();
    private static final int MAX_COMPARED = 10_000;
    /** Longer names are cut: comparing two costs the product of their lengths. */
    private static final int MAX_LENGTH = 100;

    private static final int MAX_LISTED = 8;

    private Nearest() {}

    /** At most {@code most} of the valid names, nearest first; ties in the order given. */
    public static List<String> of(String word, Collection<String> valid, int most) {
        return valid.stream()
                .limit(MAX_COMPARED)
                .sorted(Comparator.comparingInt(name -> distance(word, name)))
                .limit(most)
                .toList();
    }

    /** A fix: {@code did you mean x?} if a valid name is close enough, else {@code use one of a, b, …}; empty if none is valid. */
    public static String hint(String word, Collection<String> valid) {
        List<String> nearest = of(word, valid, MAX_LISTED);
        if (nearest.isEmpty()) {
            return "";
        }
        String best = nearest.get(0);
        if (distance(word, best) <= Math.max(2, best.length() / 3)) {
            return "did you mean " + best + "?";
        }
        return "use one of " + String.join(", ", nearest) + (valid.size() > nearest.size() ? ", …" : "");
    }

    /** Edit distance, ignoring case; a name that contains the word is one edit away. */
    private static int distance(String word, String name) {
        String written = normal(word);
        String known = normal(name);
        return written.length() > 2 && known.contains(written) ? 1 : EDITS.apply(written, known);
    }

    private static String normal(String name) {
        return name.substring(0, Math.min(MAX_LENGTH, name.length())).toLowerCase(Locale.ROOT);
    }
}
