package io.afterlearner.demo.world;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What the model makes of the catalogue.
 *
 * @param scores by item
 * @param kept by item: whether it is worth being ranked
 */
record Scores(float[] scores, boolean[] kept) {
    /** Items on a page. */
    static final int SHOWN = 5;

    /**
     * What a user gets to see.
     *
     * @param items the best of those kept, the best first; at most {@link #SHOWN}
     * @param ranked how many were kept
     */
    record Page(int[] items, int ranked) {}

    Page page(int[] found) {
        Integer[] ranked =
                Arrays.stream(found).filter(item -> kept[item]).boxed().toArray(Integer[]::new);
        Arrays.sort(ranked, Comparator.comparingDouble(item -> -scores[item]));
        int[] shown = Arrays.stream(ranked).limit(SHOWN).mapToInt(i -> i).toArray();
        return new Page(shown, ranked.length);
    }
}
