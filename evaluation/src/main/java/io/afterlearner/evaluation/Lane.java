package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.evaluation.Batches.Batch;
import io.afterlearner.evaluation.loss.Signature;
import io.afterlearner.evaluation.score.UnscorableException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The buffers of one thread that evaluates candidates. For one thread at a time. */
final class Lane implements AutoCloseable {
    private final SplitSession session;
    private final BatchPlan plan;
    private final Examples examples;
    private final List<Batch> batches;
    /** Runners by batch; null if none is kept. */
    private final @Nullable Suffix[] runners;

    private final boolean keeps;
    private final double[] output;
    private final double[] target;

    Lane(SplitSession session, BatchPlan plan, Examples examples, List<Batch> batches, boolean keeps) {
        this.session = session;
        this.plan = plan;
        this.examples = examples;
        this.batches = batches;
        this.keeps = keeps;
        this.runners = new Suffix[batches.size()];
        this.output = new double[Signature.elements(plan.signature().outputShape())];
        this.target = new double[Signature.elements(plan.signature().targetShape())];
    }

    /** Statistics of every example at these values. */
    double[] statistics(double[] values, Stop stop) {
        double[] statistics =
                new double[Math.multiplyExact(examples.count(), plan.scorer().statistics())];
        for (Batch batch : batches) {
            stop.check();
            Frontier frontier = batch.frontier();
            if (frontier != null) {
                score(batch, frontier, values, stop, statistics);
            } else {
                try (Frontier once = session.prefix(batch.inputs())) {
                    score(batch, once, values, stop, statistics);
                }
            }
        }
        return statistics;
    }

    private void score(Batch batch, Frontier frontier, double[] values, Stop stop, double[] statistics) {
        if (!keeps || batch.frontier() == null) {
            try (Suffix runner = session.runner(frontier)) {
                score(batch, runner, values, stop, statistics);
            }
            return;
        }
        Suffix runner = runners[batch.index()];
        if (runner == null) {
            runner = session.runner(frontier);
            runners[batch.index()] = runner;
        }
        score(batch, runner, values, stop, statistics);
    }

    private void score(Batch batch, Suffix runner, double[] values, Stop stop, double[] statistics) {
        stop.enter(runner);
        Tensor output;
        try {
            output = runner.run(values).get(plan.output());
        } finally {
            stop.leave();
        }
        score(batch, scored(batch, output), statistics);
    }

    /** A batch that is padded up to the graph's fixed size has outputs of that size. */
    private Tensor scored(Batch batch, @Nullable Tensor scored) {
        int axis = examples.axes().output();
        int rows = examples.fixedRows() > 0 ? plan.batchRows() : batch.rows();
        if (scored == null || scored.shape().length <= axis || scored.shape()[axis] != rows) {
            throw new UnscorableException(
                    "output \"" + plan.output() + "\" no longer has a row for each of " + rows + " examples");
        }
        Tensor front = scored.toFront(axis);
        if (!Arrays.equals(BatchPlan.trailing(front.shape()), plan.signature().outputShape())) {
            throw new UnscorableException("output \"" + plan.output() + "\" no longer has the shape "
                    + Arrays.toString(plan.signature().outputShape()) + " per example");
        }
        return front;
    }

    private void score(Batch batch, Tensor scored, double[] statistics) {
        int width = plan.scorer().statistics();
        double[] numbers = new double[width];
        for (int row = 0; row < batch.rows(); row++) {
            int example = batch.from() + row;
            scored.read(row * output.length, output);
            if (Arrays.stream(output).anyMatch(Double::isNaN)) {
                throw new UnscorableException("output \"" + plan.output() + "\" is NaN on example " + example);
            }
            examples.target().read(example * target.length, target);
            Arrays.fill(numbers, 0);
            plan.scorer().score(output, target, numbers);
            System.arraycopy(numbers, 0, statistics, example * width, width);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < runners.length; i++) {
            Suffix runner = runners[i];
            runners[i] = null;
            if (runner != null) {
                runner.close();
            }
        }
    }
}
