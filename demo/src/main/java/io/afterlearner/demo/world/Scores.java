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
    record Page(int[] items, int ranked) {
        private static final double BASE_MILLIS = 12;
        private static final double PAIR_MILLIS = 0.045;
        private static final double SPREAD = 0.08;

        /**
         * The time that the page takes: a costly ranker behind the model compares each kept item with each other.
         *
         * @param gaussian drawn from a standard normal distribution
         */
        double millis(double gaussian) {
            return (BASE_MILLIS + PAIR_MILLIS * ranked * ranked) * StrictMath.exp(SPREAD * gaussian);
        }
    }

    Page page(int[] found) {
        Integer[] ranked =
                Arrays.stream(found).filter(item -> kept[item] > 0).boxed().toArray(Integer[]::new);
        Arrays.sort(ranked, Comparator.comparingDouble(item -> -scores[item]));
        int[] shown = Arrays.stream(ranked).limit(SHOWN).mapToInt(i -> i).toArray();
        return new Page(shown, ranked.length);
    }
}
