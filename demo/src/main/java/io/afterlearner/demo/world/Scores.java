package io.afterlearner.demo.world;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The outputs of the model for the catalogue.
 *
 * @param scores by item
 * @param kept by item: above 0 if the item is to be ranked
 */
record Scores(float[] scores, float[] kept) {
    /** Maximum number of items on a page. */
    static final int SHOWN = 5;

    /**
     * The page that a user sees.
     *
     * @param items the best of the kept items, best first; at most {@link #SHOWN}
     * @param ranked number of kept items
     */
    record Page(int[] items, int ranked) {}

    Page page(int[] found) {
        Integer[] ranked =
                Arrays.stream(found).filter(item -> kept[item] > 0).boxed().toArray(Integer[]::new);
        Arrays.sort(ranked, Comparator.comparingDouble(item -> -scores[item]));
        int[] shown = Arrays.stream(ranked).limit(SHOWN).mapToInt(i -> i).toArray();
        return new Page(shown, ranked.length);
    }
}
