package io.afterlearner.evaluation;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.loss.Scorer;
import io.afterlearner.evaluation.loss.Signature;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a data set runs through a graph in batches. Shapes and sizes are measured by running the first examples at ℵ₀.
 *
 * @param output which graph output is scored
 * @param signature of one example
 * @param batchRows examples per batch; the last may have fewer unless the graph fixes the batch size
 * @param runnerBytes size of the buffers that one thread needs to evaluate one batch
 */
record BatchPlan(String output, Signature signature, Scorer scorer, int batchRows, long runnerBytes) {
    /** Larger batches cost memory and gain nothing. */
    private static final int MAX_ROWS = 512;

    private static final long MAX_BATCH_BYTES = 8 << 20;

    /** Not one: a graph that squeezes all dimensions of 1 would lose its batch. */
    private static final int PROBE_ROWS = 2;

    static String output(Split split, Losses.Chosen loss) {
        List<String> names = split.outputs().stream().map(ValueInfo::name).toList();
        String wanted = loss.output();
        if (wanted == null && names.size() > 1) {
            throw new DataException(
                    Subject.LOSS,
                    "the model has the outputs " + String.join(", ", names),
                    "name the one to score in the setting output");
        }
        String output = wanted == null ? names.get(0) : wanted;
        if (!names.contains(output)) {
            throw new DataException(
                    Subject.LOSS, "the model has no output \"" + output + "\"", Nearest.hint(output, names));
        }
        if (split.fixed().contains(output)) {
            throw new DataException(
                    Subject.LOSS,
                    "output \"" + output + "\" depends on none of the ℵ tensors, so no candidate can change it",
                    "choose other tensors");
        }
        return output;
    }

    /** @param wanted examples per batch; 0 chooses a number */
    static BatchPlan of(
            SplitSession session, Aleph aleph, Examples examples, String output, Losses.Chosen loss, int wanted) {
        int rows = probeRows(examples, wanted);
        int real = Math.min(rows, examples.count());
        double[] initial = aleph.initial();
        try (Frontier frontier = session.prefix(examples.inputs(0, real, rows));
                Suffix runner = session.runner(frontier)) {
            Tensor scored = scored(
                    output,
                    runner.run(initial).get(output),
                    rows,
                    examples.axes().output());
            Signature signature = new Signature(
                    output,
                    scored.type(),
                    trailing(scored.shape()),
                    examples.target().type(),
                    trailing(examples.target().shape()));
            Scorer scorer = loss.loss().fit(signature);
            long outputBytes = runner.outputs().values().stream()
                    .mapToLong(t -> t.data().capacity())
                    .sum();
            long rowBytes = Math.max(examples.bytesPerRow(), Math.max(frontier.bytes(), outputBytes) / rows);
            int batch = examples.fixedRows() > 0 || wanted > 0 ? rows : batchRows(examples.count(), rowBytes);
            long alephBytes = aleph.tensors(initial).values().stream()
                    .mapToLong(t -> t.data().capacity())
                    .sum();
            return new BatchPlan(output, signature, scorer, batch, alephBytes + outputBytes / rows * batch);
        }
    }

    private static int probeRows(Examples examples, int wanted) {
        int fixed = examples.fixedRows();
        if (wanted > 0 && fixed > 0 && wanted != fixed) {
            throw new DataException(
                    Subject.EVALUATION,
                    "batch is " + wanted + ", but the model has a fixed batch size of " + fixed,
                    "omit it, or export the model with a dynamic batch dimension");
        }
        return fixed > 0 ? fixed : Math.min(wanted > 0 ? wanted : PROBE_ROWS, examples.count());
    }

    /** Batches of nearly equal size, so that the last one does not hold a single example. */
    private static int batchRows(int count, long rowBytes) {
        long most = Math.max(1, Math.min(MAX_ROWS, MAX_BATCH_BYTES / Math.max(1, rowBytes)));
        long batches = (count + most - 1) / most;
        return (int) ((count + batches - 1) / batches);
    }

    /** The output with its examples in front. */
    static Tensor scored(String output, @Nullable Tensor scored, int rows, int axis) {
        if (scored == null) {
            throw new DataException(
                    Subject.LOSS, "output \"" + output + "\" has a type that cannot be scored", "cast it to FLOAT");
        }
        long[] shape = scored.shape();
        if (shape.length <= axis || shape[axis] != rows) {
            throw new DataException(
                    Subject.LOSS,
                    "output \"" + output + "\" has shape " + Arrays.toString(shape) + " for " + rows
                            + " examples, so dimension " + axis
                            + " is not the examples'; an output whose rows are not one"
                            + " per example, such as the boxes of NonMaxSuppression, is not supported",
                    "score an output that has a row for each example, or name its axis in evaluation.axes");
        }
        return scored.toFront(axis);
    }

    /** Numbers that the output has for one example. */
    int width() {
        return Signature.elements(signature.outputShape());
    }

    static long[] trailing(long[] shape) {
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    /** @throws DataException if the loss refuses a target */
    Targets targets(Examples examples) {
        long ignored = 0;
        double[] target = new double[Signature.elements(signature.targetShape())];
        for (int row = 0; row < examples.count(); row++) {
            examples.target().read(row * target.length, target);
            Refusal refusal = scorer.refuse(target);
            if (refusal != null) {
                throw new DataException("example " + row + " of target " + refusal.problem(), refusal.fix());
            }
            ignored += Arrays.stream(target)
                    .filter(element -> !scorer.counts(element))
                    .count();
        }
        return new Targets(examples.count(), (long) examples.count() * target.length, ignored);
    }
}
