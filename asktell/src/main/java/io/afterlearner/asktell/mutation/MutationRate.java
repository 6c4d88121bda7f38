package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.math.Generator;
import java.util.Arrays;

/** The probability that a child mutates a parameter. */
public interface MutationRate {

    /**
     * @param turn number of earlier children
     * @param random used only if the rate is random
     */
    double at(long turn, Generator random);

    /** One over the number of parameters. */
    static MutationRate standard(int parameters) {
        return (turn, random) -> 1.0 / parameters;
    }

    /**
     * High at first, then falling as ln t / t, but never below the standard rate: the schedule of Einarsson, Gauy, Lengler,
     * Meier, Mujika, Steger, Weissenberger: The linear hidden subset problem for the (1+1) EA with scheduled and adaptive
     * mutation rates, GECCO 2018, with the factor 1.54468 of Nevergrad.
     */
    static MutationRate lengler(int parameters) {
        return (turn, random) -> {
            double scheduled = 1.54468 * StrictMath.log(turn + 3.0) / (turn + 3.0);
            return Math.max(1.0 / parameters, Math.min(0.5, scheduled));
        };
    }

    /**
     * k over the number of parameters, with k up to half of them and probability ∝ k^-1.5 (Doerr, Le, Makhmara, Nguyen: Fast
     * genetic algorithms, GECCO 2017), so that large jumps are not rare.
     */
    static MutationRate heavyTailed(int parameters) {
        double[] below = new double[Math.max(1, parameters / 2)];
        double sum = 0;
        for (int k = 1; k <= below.length; k++) {
            sum += 1 / (k * Math.sqrt(k));
            below[k - 1] = sum;
        }
        double total = sum;
        return (turn, random) -> {
            int found = Arrays.binarySearch(below, random.uniform() * total);
            int drawn = Math.min(found < 0 ? -found : found + 2, below.length);
            return drawn / (double) parameters;
        };
    }

    /**
     * k over the number of parameters, with k = 1, 2, 4 and so on up to half of them, each equally likely (Dang, Lehre:
     * Self-adaptation of mutation rates in non-elitist populations, PPSN 2016, on mixing rates): slower than the best rate by
     * at most a factor of their number.
     */
    static MutationRate portfolio(int parameters) {
        int rates = Math.max(1, 31 - Integer.numberOfLeadingZeros(parameters));
        return (turn, random) -> (double) (1 << random.below(rates)) / parameters;
    }
}
