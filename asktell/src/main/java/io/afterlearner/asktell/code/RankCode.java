package io.afterlearner.asktell.code;

/**
 * The code length of the order of a batch of losses: first which neighbours in this order are equal, then which point has which
 * rank, all assignments being equally likely. Batches with many equal losses are cheap.
 */
public final class RankCode {

    private final SequentialCode equals = new SequentialCode(2);
    private final SequentialCode failures = new SequentialCode(2);

    /**
     * @param sorted losses, at least one, positive infinity for failed points
     * @param ranks how many of the first ranks matter, including losses equal to one of them; at least 1
     */
    public double nats(double[] sorted, int ranks) {
        double nats = logFactorial(sorted.length);
        int from = 0;
        while (from < ranks) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                nats += equals.nats(1);
                to++;
            }
            nats += to < sorted.length ? equals.nats(0) : 0;
            nats -= logFactorial(to - from);
            from = to;
        }
        if (from == sorted.length) {
            // Failed points come last.
            nats += failures.nats(sorted[from - 1] == Double.POSITIVE_INFINITY ? 1 : 0);
        }
        return nats - logFactorial(sorted.length - from);
    }

    /** The same of which 0 to {@code most} points of a batch are selected, in any order; fewer only if others failed. */
    double subsetNats(int batch, int selected, int most) {
        double nats = failures.nats(selected < most ? 1 : 0);
        return nats
                + (selected < most ? StrictMath.log(most) : 0)
                + logFactorial(batch)
                - logFactorial(selected)
                - logFactorial(batch - selected);
    }

    private static double logFactorial(int count) {
        double sum = 0;
        for (int i = 2; i <= count; i++) {
            sum += StrictMath.log(i);
        }
        return sum;
    }
}
