package io.afterlearner.asktell.math;

/**
 * Draws standard normal numbers by the ziggurat method (Marsaglia, Tsang: The ziggurat method for generating random variables,
 * Journal of Statistical Software 5, 2000). The density is cut into layers of equal area: a layer is drawn, then a place across
 * it, which for all but one draw in 150 certainly lies under the density. Exact, not approximate; the tables come from {@link
 * StrictMath}, so they are the same everywhere. Unlike in the paper, layer, sign and place come from different bits of a 64-bit
 * word, because shared bits cause correlation (Doornik, An improved ziggurat method to generate normal random samples, 2005).
 *
 * <p>Layer 0 is the lowest and includes the tail. Layer i reaches from 0 to {@code EDGES[i]}, and up from the density there to
 * the density at {@code EDGES[i + 1]}.
 */
final class Ziggurat {

    static final int LAYERS = 512;

    /** Where the tail begins: chosen so that the last layer ends at the top of the density. */
    static final double TAIL = 3.852046150368391;

    /** The area of each layer, including the tail in the lowest one, under exp(-x²/2). */
    static final double AREA = 0.002456766351541356;

    private static final double[] EDGES = edges();
    private static final double[] HEIGHTS = heights();
    /** The scale of a place, which is a signed whole number of 53 bits. */
    private static final double[] UNITS = new double[LAYERS];

    static {
        for (int layer = 0; layer < LAYERS; layer++) {
            UNITS[layer] = EDGES[layer] * 0x1p-52;
        }
    }

    private Ziggurat() {}

    static double[] edges() {
        double[] edges = new double[LAYERS + 1];
        edges[0] = AREA / density(TAIL);
        edges[1] = TAIL;
        for (int layer = 2; layer < LAYERS; layer++) {
            edges[layer] = Math.sqrt(-2 * StrictMath.log(AREA / edges[layer - 1] + density(edges[layer - 1])));
        }
        return edges;
    }

    private static double[] heights() {
        double[] heights = new double[LAYERS + 1];
        for (int layer = 1; layer <= LAYERS; layer++) {
            heights[layer] = density(EDGES[layer]);
        }
        return heights;
    }

    /** The standard normal density without its constant factor. */
    private static double density(double x) {
        return StrictMath.exp(-x * x / 2);
    }

    /** The word's place in its layer, on either side of 0. */
    static double place(long word) {
        return (word >> 11) * UNITS[layer(word)];
    }

    /** Whether the whole layer is under the density there, so that the place is a valid draw. */
    static boolean isInside(long word, double place) {
        return Math.abs(place) < EDGES[layer(word) + 1];
    }

    private static int layer(long word) {
        return (int) word & (LAYERS - 1);
    }

    /** Completes a draw if the word's place was not inside; draws more words as needed. */
    static double settle(long word, double place, Generator random) {
        int layer = layer(word);
        if (layer == 0) {
            return Math.copySign(tail(random), place);
        }
        double height = HEIGHTS[layer] + random.uniform() * (HEIGHTS[layer + 1] - HEIGHTS[layer]);
        return height < density(place) ? place : random.gaussian();
    }

    /** Marsaglia: Generating a variable from the tail of the normal distribution, Technometrics 6, 1964. */
    private static double tail(Generator random) {
        double beyond;
        double depth;
        do {
            beyond = random.exponential() / TAIL;
            depth = random.exponential();
        } while (2 * depth < beyond * beyond);
        return TAIL + beyond;
    }
}
