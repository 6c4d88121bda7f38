package io.afterlearner.asktell.math;

/**
 * The random numbers of one ask, identical on every machine and JDK: SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, OOPSLA 2014), seeded by a hash of (seed, number), with {@link StrictMath} only.
 */
public final class Generator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Hashes both words, so that the sequences of neighbouring numbers are not shifts of each other. */
    public Generator(long seed, long number) {
        state = mix(mix(seed + GOLDEN) ^ mix(~number * GOLDEN));
    }

    private static long mix(long word) {
        long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 64 random bits. */
    public long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    public double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Uniform in 0 to bound - 1. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Exponential with mean 1. */
    public double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /** Standard normal, by a {@link Ziggurat}. */
    public double gaussian() {
        long word = bits();
        double place = Ziggurat.place(word);
        return Ziggurat.isInside(word, place) ? place : Ziggurat.settle(word, place, this);
    }

    /** Same values as repeated calls of {@link #gaussian}, but faster. */
    public double[] gaussians(int count) {
        double[] values = new double[count];
        long local = state;
        for (int i = 0; i < count; i++) {
            local += GOLDEN;
            long word = mix(local);
            double place = Ziggurat.place(word);
            if (!Ziggurat.isInside(word, place)) {
                state = local;
                place = Ziggurat.settle(word, place, this);
                local = state;
            }
            values[i] = place;
        }
        state = local;
        return values;
    }

    /** Same values as repeated calls of {@link #uniform}, but faster. */
    public double[] uniforms(int count) {
        double[] values = new double[count];
        long local = state;
        for (int i = 0; i < count; i++) {
            local += GOLDEN;
            values[i] = (mix(local) >>> 11) * 0x1p-53;
        }
        state = local;
        return values;
    }
}
