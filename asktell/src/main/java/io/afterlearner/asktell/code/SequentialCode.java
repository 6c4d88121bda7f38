package io.afterlearner.asktell.code;

/**
 * The length of a code for symbols that come one by one: the mean of two probabilities, one that takes all symbols as
 * equally likely, which counts branches, and one that weighs each by how often it came before (Krichevsky, Trofimov: The
 * performance of universal encoding, IEEE Trans. Inf. Theory 27, 1981). So it is never longer than the shorter of the two by
 * more than ln 2. Over all sequences of one length the probabilities exp(−nats) sum to 1.
 */
public final class SequentialCode {

    private final long[] counts;
    private long total;
    /** −ln of the probability of what came, if all symbols are equally likely, and if they are weighed. */
    private double even;

    private double weighed;
    private double mixed;
    /** What a symbol adds to {@link #even}. */
    private final double each;

    /** @param symbols how many there are, at least 1; a symbol is 0 to that less 1 */
    public SequentialCode(int symbols) {
        counts = new long[symbols];
        each = StrictMath.log(symbols);
        mixed = mixed();
    }

    /** What this symbol adds, in nats; and it is counted. */
    public double nats(int symbol) {
        double before = mixed;
        even += each;
        weighed -= StrictMath.log((counts[symbol] + 0.5) / (total + 0.5 * counts.length));
        counts[symbol]++;
        total++;
        mixed = mixed();
        return mixed - before;
    }

    /** −ln of the mean of both probabilities, which may be too small for a double. */
    private double mixed() {
        return Math.min(even, weighed) - StrictMath.log((1 + StrictMath.exp(-Math.abs(even - weighed))) / 2);
    }
}
