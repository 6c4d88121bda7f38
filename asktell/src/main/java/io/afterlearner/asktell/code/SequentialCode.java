package io.afterlearner.asktell.code;

/**
 * The code length of a sequence of symbols: the mean of two probabilities. One takes all symbols as equally likely; the other
 * weighs each by how often it occurred before (Krichevsky, Trofimov: The performance of universal encoding, IEEE Trans. Inf.
 * Theory 27, 1981). So the code is at most ln 2 longer than the shorter of the two. Over all sequences of one length the
 * probabilities exp(−nats) sum to 1.
 */
public final class SequentialCode {

    private final long[] counts;
    private long total;
    /** −ln of the probability of the sequence so far, with equally likely symbols and with weighed ones. */
    private double even;

    private double weighed;
    private double mixed;
    /** The contribution of one symbol to {@link #even}. */
    private final double each;

    /** @param symbols number of symbols, at least 1; they are numbered from 0 */
    public SequentialCode(int symbols) {
        counts = new long[symbols];
        each = StrictMath.log(symbols);
        mixed = mixed();
    }

    /** Counts this symbol and returns its code length in nats. */
    public double nats(int symbol) {
        double before = mixed;
        even += each;
        weighed -= StrictMath.log((counts[symbol] + 0.5) / (total + 0.5 * counts.length));
        counts[symbol]++;
        total++;
        mixed = mixed();
        return mixed - before;
    }

    /** −ln of the mean of both probabilities, which themselves may underflow. */
    private double mixed() {
        return Math.min(even, weighed) - StrictMath.log((1 + StrictMath.exp(-Math.abs(even - weighed))) / 2);
    }
}
