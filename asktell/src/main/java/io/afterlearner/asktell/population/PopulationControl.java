package io.afterlearner.asktell.population;

import io.afterlearner.asktell.code.Selection;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TBPSA, an evolution strategy that controls its population size with a test (Hellwig, Beyer: Evolution under strong noise: a
 * self-adaptive evolution strategy can reach the lower performance bound, the pcCMSA-ES, PPSN 2016). It fits a line to the mean
 * losses of the last batches. While the line does not fall significantly, noise hides the progress and the batch size doubles;
 * otherwise it halves again. A large batch averages noise out of its mean without evaluating any point twice.
 *
 * <p>Each point has its own step size, and the mean of those that did well is the next one. It is the first number drawn from
 * the ask's generator, so that a tell can draw it again. Points from outside take part like any other.
 */
public final class PopulationControl implements Algorithm {

    private record Scored(double[] point, double loss, double logStep) {}

    private static final int BATCHES_TESTED = 5;
    /** One-sided 5 % quantile of Student's t with three degrees of freedom. */
    private static final double SIGNIFICANT = 2.353;

    private static final double MAX_COORDINATES = 4e6;
    private static final double SELECTED = 0.25;
    private static final double MIN_LOG_STEP = StrictMath.log(1e-20);
    private static final double MAX_LOG_STEP = StrictMath.log(1e9);

    private final Run run;
    private final Latent latent;
    private final double learningRate;
    private final int leastBatch;
    private final int greatestBatch;
    private final List<Scored> batch = new ArrayList<>();
    private final Deque<Double> batchLosses = new ArrayDeque<>();
    private final Selection selection = new Selection();
    /** Whether the losses fall significantly. */
    private final SequentialCode progresses = new SequentialCode(2);

    private double testedNats;
    private double[] mean;
    private boolean learned;
    private double logStep;
    private int batchSize;

    public PopulationControl(Run run) {
        this.run = run;
        latent = new Latent(run.space());
        int dimension = latent.dimension();
        mean = new double[dimension];
        learningRate = 1 / Math.sqrt(2.0 * dimension);
        leastBatch = 4 + (int) (3 * StrictMath.log(dimension));
        greatestBatch = (int) Math.min(1_000, Math.max(leastBatch, MAX_COORDINATES / dimension));
        batchSize = leastBatch;
    }

    @Override
    public double[] sample(long number, Generator random) {
        double step = StrictMath.exp(logStep + learningRate * random.gaussian());
        double[] coordinates = random.gaussians(mean.length);
        Vectors.moveFrom(mean, step, coordinates);
        return latent.decodeShaken(coordinates, random);
    }

    @Override
    public void update(Told told) {
        double change = told.sampled() ? new Generator(run.problem().seed(), told.number()).gaussian() : 0;
        batch.add(new Scored(told.point(), told.loss(), learningRate * change));
        if (batch.size() >= batchSize) {
            learn();
            batch.clear();
        }
    }

    /** The mean; null before the first batch. */
    @Override
    public double @Nullable [] recommendation() {
        return learned ? latent.decode(mean) : null;
    }

    /** Each test has two outcomes, regardless of the losses. */
    @Override
    public double learnedNats(long number) {
        return selection.learnedNats() + testedNats;
    }

    private void learn() {
        int most = (int) Math.ceil(SELECTED * batch.size());
        List<Scored> selected = selection.best(batch, most, Scored::loss);
        if (selected.isEmpty()) {
            logStep = Math.max(logStep - learningRate, Math.min(logStep, 0));
            return;
        }
        mean = mean(selected);
        learned = true;
        double change = selected.stream().mapToDouble(Scored::logStep).average().orElse(0);
        logStep = Math.min(Math.max(logStep + change, MIN_LOG_STEP), MAX_LOG_STEP);
        control(selected.stream().mapToDouble(s -> s.loss() / selected.size()).sum());
    }

    private double[] mean(List<Scored> selected) {
        double[] next = new double[mean.length];
        for (Scored scored : selected) {
            Vectors.addMultiple(1.0 / selected.size(), latent.encode(scored.point()), next);
        }
        return next;
    }

    private void control(double loss) {
        batchLosses.add(loss);
        if (batchLosses.size() == BATCHES_TESTED) {
            boolean progress = falls(batchLosses.stream().mapToDouble(x -> x).toArray());
            testedNats += progresses.nats(progress ? 1 : 0);
            batchSize = progress ? Math.max(leastBatch, batchSize / 2) : Math.min(greatestBatch, batchSize * 2);
            batchLosses.clear();
        }
    }

    /** Whether the slope of the least squares line is below 0 at the 5 % level. */
    static boolean falls(double[] losses) {
        double centre = (losses.length - 1) / 2.0;
        double mean = 0;
        double slope = 0;
        double spread = 0;
        for (int i = 0; i < losses.length; i++) {
            mean += losses[i] / losses.length;
            spread += (i - centre) * (i - centre);
        }
        for (int i = 0; i < losses.length; i++) {
            slope += (i - centre) * (losses[i] - mean) / spread;
        }
        double rest = 0;
        for (int i = 0; i < losses.length; i++) {
            double off = losses[i] - mean - slope * (i - centre);
            rest += off * off;
        }
        return slope < -SIGNIFICANT * Math.sqrt(rest / (losses.length - 2) / spread);
    }
}
