package io.afterlearner.asktell.design;

import io.afterlearner.asktell.math.Generator;
import java.util.Arrays;

/**
 * Sobol's sequence (On the distribution of points in a cube and the approximate evaluation of integrals, 1967): coordinate j is
 * a linear image of the index's bits; the recurrence of the j-th primitive polynomial over GF(2) makes its columns. Any first
 * 2ᵐ points are spread exactly evenly over each coordinate. The recurrences start from random numbers, and a random triangular
 * matrix and a random shift scramble the bits (Matoušek, 1998).
 */
public final class Sobol implements QuasiRandom.Sequence {

    /** The number of primitive polynomials up to degree 13, plus the coordinate that needs none. */
    public static final int MAX_DIMENSIONS = 1_111;

    private static final int BITS = 52;
    private static final long MASK = (1L << BITS) - 1;
    /** Bits of the index; after 2^COLUMNS points the sequence repeats. */
    private static final int COLUMNS = 40;

    private final long[][] columns;
    private final long[] shifts;

    public Sobol(int dimension, Generator random) {
        columns = new long[dimension][];
        shifts = new long[dimension];
        long polynomial = 1;
        for (int j = 0; j < dimension; j++) {
            columns[j] = j == 0 ? mirrored() : columns(polynomial, random);
            scramble(columns[j], random);
            shifts[j] = bits(random);
            polynomial = nextPrimitive(polynomial);
        }
    }

    private static long bits(Generator random) {
        return (long) (random.uniform() * (MASK + 1));
    }

    private static long[] mirrored() {
        long[] columns = new long[COLUMNS];
        Arrays.setAll(columns, k -> 1L << (BITS - 1 - k));
        return columns;
    }

    /** Bit i of a polynomial is the coefficient of xⁱ. */
    private static long[] columns(long polynomial, Generator random) {
        int degree = degree(polynomial);
        long[] columns = new long[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            if (k < degree) {
                columns[k] = (2L * random.below(1 << k) + 1) << (BITS - 1 - k);
                continue;
            }
            columns[k] = columns[k - degree] ^ (columns[k - degree] >> degree);
            for (int back = 1; back < degree; back++) {
                columns[k] ^= (polynomial >> (degree - back) & 1) * columns[k - back];
            }
        }
        return columns;
    }

    private static int degree(long polynomial) {
        return 63 - Long.numberOfLeadingZeros(polynomial);
    }

    private static long nextPrimitive(long polynomial) {
        long next = polynomial + 2;
        while (!isPrimitive(next)) {
            next += 2;
        }
        return next;
    }

    /** Whether the powers of x run through all nonzero elements before they return to 1. */
    private static boolean isPrimitive(long polynomial) {
        int degree = degree(polynomial);
        long period = 0;
        long power = 1;
        do {
            power <<= 1;
            power ^= (power >> degree & 1) * polynomial;
            period++;
        } while (power != 1 && period < 1L << degree);
        return period == (1L << degree) - 1;
    }

    /** Adds some of the higher bits to every bit. */
    private static void scramble(long[] columns, Generator random) {
        long[] scrambled = new long[columns.length];
        for (int bit = BITS - 1; bit >= 0; bit--) {
            long row = 1L << bit | bits(random) >> (bit + 1) << (bit + 1);
            for (int k = 0; k < columns.length; k++) {
                scrambled[k] |= (long) (Long.bitCount(columns[k] & row) & 1) << bit;
            }
        }
        System.arraycopy(scrambled, 0, columns, 0, columns.length);
    }

    @Override
    public double at(long index, int coordinate) {
        long sum = shifts[coordinate];
        for (int k = 0; k < COLUMNS; k++) {
            sum ^= (index >> k & 1) * columns[coordinate][k];
        }
        return (sum + 0.5) / (MASK + 1);
    }
}
