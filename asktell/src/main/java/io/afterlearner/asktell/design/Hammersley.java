package io.afterlearner.asktell.design;

import io.afterlearner.asktell.math.Generator;
import java.util.BitSet;

/**
 * The scrambled Hammersley set. One coordinate of point i of n is (i + a random share) / n; each other coordinate has the
 * digits of i in its own prime base, mirrored at the point (Halton: On the efficiency of certain quasi-random sequences of
 * points, Numerische Mathematik 2, 1960). Each digit d becomes a·d + b modulo the prime, with a and b drawn per coordinate and
 * digit (linear scrambling of Matoušek: On the L2-discrepancy for anchored boxes, Journal of Complexity 14, 1998); otherwise
 * the coordinates of large primes rise together. The points come in steps of the golden section, so that a study that ends
 * early has covered the whole range. After n points the even coordinate starts over.
 */
public final class Hammersley implements QuasiRandom.Sequence {

    private static final double FINEST = 0x1p-53;

    private static final double GOLDEN_SECTION = 0.6180339887498949;

    private final long count;
    private final long stride;
    private final long start;
    private final double share;
    private final int[] primes;
    private final int[][] factors;
    private final int[][] shifts;

    public Hammersley(int dimension, long count, Generator random) {
        this.count = Math.min(Math.max(1, count), Integer.MAX_VALUE);
        stride = coprime((long) Math.ceil(this.count * GOLDEN_SECTION), this.count);
        start = random.below((int) this.count);
        share = 0.5 * (random.uniform() + 0.5);
        primes = primes(dimension - 1);
        factors = new int[primes.length][];
        shifts = new int[primes.length][];
        for (int i = 0; i < primes.length; i++) {
            int places = (int) Math.ceil(53 * StrictMath.log(2) / StrictMath.log(primes[i]));
            factors[i] = new int[places];
            shifts[i] = new int[places];
            for (int place = 0; place < places; place++) {
                factors[i][place] = 1 + random.below(primes[i] - 1);
                shifts[i][place] = random.below(primes[i]);
            }
        }
    }

    private static long coprime(long atLeast, long count) {
        long a = count;
        for (long b = atLeast; b != 0; ) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a == 1 ? atLeast : coprime(atLeast + 1, count);
    }

    private static int[] primes(int count) {
        int limit = (int) (20 + 1.2 * count * StrictMath.log(count + 2.0));
        for (BitSet composite = new BitSet(); ; limit *= 2, composite.clear()) {
            composite.set(0, 2);
            for (int i = 2; i * (long) i < limit; i++) {
                for (int multiple = i * i; !composite.get(i) && multiple < limit; multiple += i) {
                    composite.set(multiple);
                }
            }
            composite.flip(0, limit);
            if (composite.cardinality() >= count) {
                return composite.stream().limit(count).toArray();
            }
        }
    }

    @Override
    public double at(long index, int coordinate) {
        long place = (index % count * stride + start) % count;
        return coordinate == 0 ? (place + share) / count : mirrored(index - index % count + place, coordinate - 1);
    }

    private double mirrored(long index, int which) {
        long prime = primes[which];
        long rest = index;
        double unit = 1;
        double sum = 0;
        for (int place = 0; place < factors[which].length; place++) {
            unit /= prime;
            sum += unit * ((factors[which][place] * (rest % prime) + shifts[which][place]) % prime);
            rest /= prime;
        }
        return Math.min(Math.max(sum, FINEST), 1 - FINEST);
    }
}
