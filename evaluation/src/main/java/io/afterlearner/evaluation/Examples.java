package io.afterlearner.evaluation;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.data.Dataset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set, checked against what a graph reads.
 *
 * @param inputs arrays the graph reads, by input name; all with {@code count} rows
 * @param target what outputs are compared with; {@code count} rows
 * @param fixedRows the batch size that the graph requires; 0 for any
 */
record Examples(Map<String, Tensor> inputs, Tensor target, int count, int fixedRows) {
    private static final int MAX_LISTED = 8;

    /** @throws DataException for an array that is missing or does not fit */
    static Examples of(List<ValueInfo> declared, Dataset data) {
        Tensor target = data.arrays().get(Dataset.TARGET);
        if (target == null) {
            throw missing(Dataset.TARGET, " to compare outputs with", data);
        }
        int count = rows(Dataset.TARGET, target);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        int fixed = 0;
        for (ValueInfo input : declared) {
            Tensor array = data.arrays().get(input.name());
            if (array == null) {
                throw missing(input.name(), ", which the model reads as " + input.describe(), data);
            }
            check(input, array, count);
            fixed = fixedRows(input, fixed);
            inputs.put(input.name(), array);
        }
        return new Examples(inputs, target, count, fixed);
    }

    private static DataException missing(String name, String what, Dataset data) {
        List<String> nearest = Nearest.of(name, data.arrays().keySet(), MAX_LISTED);
        return new DataException(
                "the data has no array \"" + name + "\"" + what + ", but has " + String.join(", ", nearest), "add it");
    }

    private static int rows(String name, Tensor array) {
        if (array.shape().length == 0 || array.shape()[0] == 0) {
            throw new DataException(
                    "array \"" + name + "\" has shape " + Arrays.toString(array.shape()) + ", so no example",
                    "make the number of examples its first dimension");
        }
        return Math.toIntExact(array.shape()[0]);
    }

    private static void check(ValueInfo input, Tensor array, int count) {
        String name = "array \"" + input.name() + "\"";
        String reads = ", but the model reads " + input.describe();
        if (input.elementType() == null) {
            throw new DataException(
                    Subject.MODEL,
                    "input \"" + input.name() + "\" has the type " + input.describe() + ", which cannot be fed",
                    "export it as FLOAT");
        }
        if (array.type() != input.elementType()) {
            throw new DataException(name + " is " + array.type() + reads, "convert it with astype");
        }
        int rows = rows(input.name(), array);
        if (rows != count) {
            throw new DataException(
                    name + " has " + rows + " examples, but \"" + Dataset.TARGET + "\" has " + count,
                    "give both the same number");
        }
        if (!input.accepts(array.shape(), 0)) {
            throw new DataException(
                    name + " has shape " + Arrays.toString(array.shape()) + reads,
                    "make all dimensions after the first agree");
        }
    }

    private static int fixedRows(ValueInfo input, int fixed) {
        long rows = input.ranked() && input.shape().length > 0 ? input.shape()[0] : -1;
        if (rows < 0) {
            return fixed;
        }
        if (rows == 0 || (fixed > 0 && fixed != rows)) {
            throw new DataException(
                    Subject.MODEL,
                    "input \"" + input.name() + "\" has a fixed batch size of " + rows
                            + (fixed > 0 ? ", but another input has " + fixed : ""),
                    "export it with a dynamic first dimension");
        }
        return Math.toIntExact(rows);
    }

    /** Bytes of one example's inputs. */
    long bytesPerRow() {
        return inputs.values().stream()
                .mapToLong(array -> array.data().capacity() / count)
                .sum();
    }

    /** Views of some examples' inputs; copies of the last one follow where there are fewer than {@code batch}. */
    Map<String, Tensor> inputs(int from, int rows, int batch) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        inputs.forEach((name, array) -> fed.put(name, array.rows(from, rows, batch)));
        return fed;
    }
}
