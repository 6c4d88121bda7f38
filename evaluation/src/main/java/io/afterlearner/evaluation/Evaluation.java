package io.afterlearner.evaluation;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.UnscorableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Scores candidates of one model on one data set. The frozen prefix runs once for every example. Its output
 * stays in memory up to a limit; beyond it, it is computed again for each candidate. Thread-safe: all threads share the
 * prefix, and each has its own buffers. Nothing can be scored after it is closed.
 */
public final class Evaluation implements AutoCloseable {
    private final SplitSession session;
    private final Aleph aleph;
    private final Batching batching;
    private final BatchPlan plan;
    private final Examples examples;
    private final Targets targets;
    private final Batches batches;
    private final boolean keepsRunners;
    private final long bytes;
    private final Deque<Lane> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param run where graphs run, and with how many threads per run
     * @param cacheBytes limit of the cached prefix, and again of the buffers that candidates run in
     * @param lanes expected number of threads that score at a time, at least 1; more are allowed
     */
    public record Options(RunOptions run, long cacheBytes, int lanes) {
        /** One CPU thread per lane, 512 MiB of cache. */
        public static Options cpu(int lanes) {
            return new Options(RunOptions.cpu(), 512L << 20, lanes);
        }
    }

    private Evaluation(
            SplitSession session,
            Aleph aleph,
            Batching batching,
            BatchPlan plan,
            Examples examples,
            Targets targets,
            long dataBytes,
            Options options) {
        this.session = session;
        this.aleph = aleph;
        this.batching = batching;
        this.plan = plan;
        this.examples = examples;
        this.targets = targets;
        this.batches = Batches.of(session, plan, examples, options.cacheBytes());
        long runners =
                Math.multiplyExact(plan.runnerBytes(), (long) batches.all().size()) * Math.max(1, options.lanes());
        this.keepsRunners = runners <= options.cacheBytes();
        this.bytes = dataBytes + batches.cachedBytes() + (keepsRunners ? runners : 0);
    }

    /**
     * Checks that data, loss and model fit, cuts the model at its ℵ, and runs the frozen prefix.
     *
     * @throws DataException if the data or the loss do not fit
     * @throws AlephException if the model cannot be cut or run at ℵ₀, or the provider is missing
     */
    public static Evaluation open(
            Model model, Aleph aleph, Dataset data, Losses.Chosen loss, Batching batching, Options options) {
        Split split = Split.of(model, aleph);
        String output = BatchPlan.output(split, loss);
        BatchAxes axes = BatchAxes.of(split.inputs(), split.output(output), batching);
        Examples examples = Examples.of(split.inputs(), axes, data);
        SplitSession session = SplitSession.open(split, options.run());
        try {
            BatchPlan plan = BatchPlan.of(session, aleph, examples, output, loss, batching.rows());
            Targets targets = plan.targets(examples);
            return new Evaluation(session, aleph, batching, plan, examples, targets, data.bytes(), options);
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /** Like {@link #score(double[], Consumer)}, but it cannot be stopped. */
    public Score score(double[] values) {
        return score(values, stop -> {});
    }

    /**
     * Scores one candidate on all examples, on the calling thread.
     *
     * @param values in the order of {@link Aleph#groups}
     * @param stopper receives, once, an action that stops this evaluation from any thread; it then ends with UnscorableException
     * @throws UnscorableException if there is no loss at these values, with the reason
     */
    public Score score(double[] values, Consumer<Runnable> stopper) {
        Stop stop = new Stop();
        stopper.accept(stop::now);
        return Score.of(plan.scorer(), statistics(values, stop));
    }

    /**
     * Runs candidate 0 for a comparison with the untouched model, and, if the study leaves the batch open, compares it with itself at
     * batch 1.
     */
    public SanityCheck sanity() {
        return check(aleph.initial()).run(batching.rows() == 0);
    }

    /** For {@link SanityCheck#plainLoss} of a candidate's model file. */
    public SanityCheck written(double[] values) {
        return check(values);
    }

    /**
     * Compares a candidate with itself at batch 1, if the study leaves the batch open. A model may depend on the batch only
     * where its parameters have moved.
     *
     * @throws UnscorableException if the outputs differ: then each batch gives another loss
     */
    public void refuseBatchDependence(double[] values) {
        if (batching.rows() == 0 && plan.batchRows() > 1) {
            check(values).refuseBatchDependence();
        }
    }

    private SanityCheck check(double[] values) {
        return new SanityCheck(session, plan, examples, aleph, values);
    }

    private double[] statistics(double[] values, Stop stop) {
        Lane lane = take();
        boolean sound = false;
        try {
            double[] statistics = lane.statistics(values, stop);
            sound = true;
            return statistics;
        } catch (AlephException e) {
            throw new UnscorableException(String.valueOf(e.getMessage()), e);
        } finally {
            // A stopped runner stays stopped, so a failed lane is not used again.
            giveBack(lane, sound);
        }
    }

    private synchronized Lane take() {
        if (closed) {
            throw new IllegalStateException("the evaluation is closed");
        }
        Lane known = idle.poll();
        return known == null ? new Lane(session, plan, examples, batches.all(), keepsRunners) : known;
    }

    private void giveBack(Lane lane, boolean sound) {
        synchronized (this) {
            if (sound && !closed) {
                idle.push(lane);
                return;
            }
        }
        lane.close();
    }

    /** Number of examples that go through the graph together; the last batch may have fewer. */
    public int batchRows() {
        return plan.batchRows();
    }

    public Targets targets() {
        return targets;
    }

    /** Number of examples a candidate is scored on. */
    public int examples() {
        return examples.count();
    }

    /** Examples whose frozen prefix is in memory. */
    public int cachedExamples() {
        return batches.cachedExamples();
    }

    /** Memory held in bytes: data, cached prefixes and candidates' buffers, but not the graphs themselves. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        List<Lane> lanes;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            lanes = List.copyOf(idle);
            idle.clear();
        }
        lanes.forEach(Lane::close);
        batches.close();
        session.close();
    }
}
