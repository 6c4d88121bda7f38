package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.PlainSession;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.evaluation.loss.Signature;
import io.afterlearner.evaluation.score.UnscorableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a candidate in the three ways that {@link Sanity} compares. It may be used after its evaluation was closed, so that the split
 * model and the untouched one need not be in memory at once.
 */
public final class SanityCheck {
    /** Whole batches are compared until there are as many; more examples cost time and say little more. */
    private static final int ENOUGH_EXAMPLES = 256;

    /** Or until their outputs take this much memory. */
    private static final long ENOUGH_BYTES = 64L << 20;

    private final SplitSession session;
    private final BatchPlan plan;
    private final Examples examples;
    private final Aleph aleph;
    private final double[] values;
    private final Losses split;
    private final Losses single;
    /** Outputs of the split model, by batch. */
    private final List<Tensor> scored = new ArrayList<>();

    private int compared;
    private double singleDifference;
    private boolean singly;

    /** @param values the candidate's */
    SanityCheck(SplitSession session, BatchPlan plan, Examples examples, Aleph aleph, double[] values) {
        this.session = session;
        this.plan = plan;
        this.examples = examples;
        this.aleph = aleph;
        this.values = values;
        this.split = new Losses(plan, examples);
        this.single = new Losses(plan, examples);
    }

    /**
     * Runs the split model.
     *
     * @param alone whether one example at a time is compared too
     */
    SanityCheck run(boolean alone) {
        run(alone, scored::add);
        return this;
    }

    /** @param outputs gets those of each batch */
    private void run(boolean alone, Consumer<Tensor> outputs) {
        singly = alone && plan.batchRows() > 1;
        long bytes = 0;
        while (compared < Math.min(examples.count(), ENOUGH_EXAMPLES) && bytes < ENOUGH_BYTES) {
            int rows = rows(compared);
            Tensor batch = split(compared, rows);
            outputs.accept(batch);
            bytes += batch.data().capacity();
            compare(batch, compared, rows);
            compared += rows;
        }
    }

    private int rows(int from) {
        return Math.min(plan.batchRows(), examples.count() - from);
    }

    /**
     * Compares what the split model gave with the untouched model.
     *
     * @throws io.afterlearner.aleph.AlephException if plain ONNX Runtime cannot run the model
     */
    public Sanity against(Model model) {
        try (PlainSession untouched = PlainSession.open(model)) {
            return against(untouched);
        }
    }

    private Sanity against(PlainSession untouched) {
        int first = rows(0);
        boolean repeatable =
                difference(plain(untouched, 0, first), 0, plain(untouched, 0, first), 0, first) <= Sanity.TOLERANCE;
        Losses plain = new Losses(plan, examples);
        double outputDifference = 0;
        int from = 0;
        for (Tensor batch : scored) {
            int rows = rows(from);
            Tensor whole = plain(untouched, from, rows);
            plain.add(whole, from, rows);
            outputDifference = Math.max(outputDifference, difference(whole, 0, batch, 0, rows));
            from += rows;
        }
        return new Sanity(
                compared,
                plan.batchRows(),
                split.loss(compared),
                plain.loss(compared),
                outputDifference,
                repeatable,
                singly ? single.loss(compared) : Double.NaN,
                singleDifference);
    }

    /** Adds the losses of a batch that the split model ran, and of its examples one at a time if wanted. */
    private void compare(Tensor batch, int from, int rows) {
        split.add(batch, from, rows);
        for (int row = 0; singly && row < rows; row++) {
            Tensor alone = split(from + row, 1);
            singleDifference = Math.max(singleDifference, difference(alone, 0, batch, row, 1));
            single.add(alone, from + row, 1);
        }
    }

    /** @throws UnscorableException if the candidate's outputs depend on the batch */
    void refuseBatchDependence() {
        run(true, outputs -> {});
        if (singleDifference > Sanity.TOLERANCE) {
            throw new UnscorableException(String.format(
                    Locale.ROOT,
                    "the candidate's outputs depend on the batch: its loss is %.6g with %d examples at a time and %.6g with one"
                            + " (first %d examples); set evaluation.batch to what the model gets in production, such as 1",
                    split.loss(compared),
                    plan.batchRows(),
                    single.loss(compared),
                    compared));
        }
    }

    private int fed(int rows) {
        return examples.fixedRows() > 0 ? plan.batchRows() : rows;
    }

    private Tensor split(int from, int rows) {
        int fed = fed(rows);
        try (Frontier frontier = session.prefix(examples.inputs(from, rows, fed));
                Suffix runner = session.runner(frontier)) {
            return own(runner.run(values).get(plan.output()), fed);
        }
    }

    private Tensor plain(PlainSession untouched, int from, int rows) {
        int fed = fed(rows);
        Map<String, Tensor> inputs = new HashMap<>(examples.inputs(from, rows, fed));
        inputs.putAll(aleph.tensors(values));
        return own(untouched.run(inputs, plan.output()), fed);
    }

    /**
     * The loss of the candidate's model file in plain ONNX Runtime on all examples, on the batches that candidates are scored on.
     *
     * @throws io.afterlearner.aleph.AlephException if plain ONNX Runtime cannot run it
     */
    public double plainLoss(Path file) {
        try (PlainSession written = PlainSession.open(file)) {
            Losses plain = new Losses(plan, examples);
            for (int from = 0; from < examples.count(); from += plan.batchRows()) {
                plain.add(plain(written, from, rows(from)), from, rows(from));
            }
            return plain.loss(examples.count());
        }
    }

    /** A copy, because the next run overwrites a runner's output. */
    private Tensor own(@Nullable Tensor output, int fed) {
        return BatchPlan.scored(plan.output(), output, fed, examples.axes().output())
                .copy();
    }

    private double difference(Tensor first, int firstRow, Tensor second, int secondRow, int rows) {
        int width = plan.width();
        if (first.elements() < (firstRow + rows) * width || second.elements() < (secondRow + rows) * width) {
            return Double.POSITIVE_INFINITY;
        }
        double[] a = new double[width];
        double[] b = new double[width];
        double largest = 0;
        for (int row = 0; row < rows; row++) {
            first.read((firstRow + row) * width, a);
            second.read((secondRow + row) * width, b);
            largest = Math.max(largest, difference(a, b, first.type().isInteger()));
        }
        return largest;
    }

    private static double difference(double[] a, double[] b, boolean whole) {
        double apart = 0;
        double size = Float.MIN_NORMAL;
        for (int i = 0; i < a.length; i++) {
            if (Double.compare(a[i], b[i]) == 0) {
                size = Math.max(size, Double.isFinite(a[i]) ? Math.abs(a[i]) : 0);
                continue;
            }
            if (whole || !Double.isFinite(a[i]) || !Double.isFinite(b[i])) {
                return 1;
            }
            apart = Math.max(apart, Math.abs(a[i] - b[i]));
            size = Math.max(size, Math.abs(a[i]));
        }
        return apart / size;
    }

    /** Adds up a loss. */
    private static final class Losses {
        private final BatchPlan plan;
        private final Examples examples;
        private final double[] sums;
        private final double[] output;
        private final double[] target;

        Losses(BatchPlan plan, Examples examples) {
            this.plan = plan;
            this.examples = examples;
            this.sums = new double[plan.scorer().statistics()];
            this.output = new double[plan.width()];
            this.target = new double[Signature.elements(plan.signature().targetShape())];
        }

        /** The examples of a batch that begins at {@code from}. */
        void add(Tensor batch, int from, int rows) {
            for (int row = 0; row < rows; row++) {
                batch.read(row * output.length, output);
                examples.target().read((from + row) * target.length, target);
                double[] statistics = new double[sums.length];
                plan.scorer().score(output, target, statistics);
                for (int s = 0; s < sums.length; s++) {
                    sums[s] += statistics[s];
                }
            }
        }

        double loss(int count) {
            return plan.scorer().value(sums, count);
        }
    }
}
