package io.afterlearner.benchmarks.quality;

import java.util.Arrays;

/**
 * Generates the numbers of {@code numpy.random.RandomState(seed)}, so that instances equal those of the reference: MT19937
 * (Matsumoto and Nishimura, ACM TOMACS 8(1), 1998, seeded as in their 2002 revision), doubles of 53 bits from two outputs,
 * Gaussians by Marsaglia's polar method, the second of each pair first.
 */
final class RandomState {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;
    private double spare = Double.NaN;

    RandomState(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** {@code normal(0, 1)}. */
    double gaussian() {
        if (!Double.isNaN(spare)) {
            double value = spare;
            spare = Double.NaN;
            return value;
        }
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
                spare = factor * x;
                return factor * y;
            }
        }
    }

    double[] gaussians(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> gaussian());
        return values;
    }

    /** {@code random_sample()}: in [0, 1). */
    double uniform() {
        int high = word() >>> 5;
        int low = word() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    private int word() {
        if (next == SIZE) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
            state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
