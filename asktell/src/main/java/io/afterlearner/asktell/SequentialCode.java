package io.afterlearner.asktell;

/**
 * The length of a code for symbols that come one by one, each weighed by how often it came before (Krichevsky, Trofimov:
 * The performance of universal encoding, IEEE Trans. Inf. Theory 27, 1981). Over all sequences of one length the
 * probabilities exp(−nats) sum to 1.
 */
final class SequentialCode {

    private final long[] counts;
    private long total;

    /** @param symbols how many there are, at least 1; a symbol is 0 to that less 1 */
    SequentialCode(int symbols) {
        counts = new long[symbols];
    }

    /** What this symbol adds, in nats; and it is counted. */
    double nats(int symbol) {
        double probability = (counts[symbol] + 0.5) / (total + 0.5 * counts.length);
        counts[symbol]++;
        total++;
        return -StrictMath.log(probability);
    }
}
