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
import java.util.stream.IntStream;

/**
 * A data set, checked against what a graph reads.
 *
 * @param inputs arrays the graph reads, by input name; the first dimension is the examples', of which there are {@code count}
 * @param target what outputs are compared with; {@code count} rows
 * @param axes where the graph has its examples
 */
record Examples(Map<String, Tensor> inputs, Tensor target, int count, BatchAxes axes) {
    private static final int MAX_LISTED = 8;

    /** @throws DataException for an array that is missing or does not fit */
    static Examples of(List<ValueInfo> declared, BatchAxes axes, Dataset data) {
        Tensor target = data.arrays().get(Dataset.TARGET);
        if (target == null) {
            throw missing(Dataset.TARGET, " to compare outputs with", data);
        }
        int count = rows(Dataset.TARGET, target);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (ValueInfo input : declared) {
            Tensor array = data.arrays().get(input.name());
            if (array == null) {
                throw missing(input.name(), ", which the model reads as " + input.describe(), data);
            }
            inputs.put(input.name(), rows(input, axes.inputs().getOrDefault(input.name(), 0), array, target));
        }
        return new Examples(inputs, target, count, axes);
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

    /** The array, with the examples first. It may have them first, or where the graph has them. */
    private static Tensor rows(ValueInfo input, int axis, Tensor array, Tensor target) {
        checkType(input, array);
        int rows = rows(input.name(), array);
        int count = rows(Dataset.TARGET, target);
        if (axis == 0) {
            checkCount(input, array, 0, target);
            if (!input.accepts(array.shape(), 0)) {
                throw misshapen(input, array);
            }
            return array;
        }
        boolean fits = array.shape().length == input.shape().length;
        boolean first = fits && rows == count && input.accepts(asFed(array, axis), axis);
        boolean asInModel = fits && array.shape()[axis] == count && input.accepts(array.shape(), axis);
        if (first && asInModel) {
            throw new DataException(
                    "array \"" + input.name() + "\" has shape " + Arrays.toString(array.shape()) + " for " + count
                            + " examples, which may be on axis 0 or on axis " + axis,
                    "give another number of examples");
        }
        if (!first && !asInModel) {
            boolean otherCount = fits && input.accepts(array.shape(), axis);
            checkCount(input, array, otherCount ? axis : 0, target);
            throw misshapen(input, array);
        }
        return first ? array : array.toFront(axis);
    }

    /** The shape of an array whose examples move from the front to this axis. */
    private static long[] asFed(Tensor array, int axis) {
        long[] shape = array.shape().clone();
        System.arraycopy(array.shape(), 1, shape, 0, axis);
        shape[axis] = array.shape()[0];
        return shape;
    }

    private static void checkType(ValueInfo input, Tensor array) {
        if (input.elementType() == null) {
            throw new DataException(
                    Subject.MODEL,
                    "input \"" + input.name() + "\" has the type " + input.describe() + ", which cannot be fed",
                    "export it as FLOAT");
        }
        if (array.type() != input.elementType()) {
            throw new DataException(
                    "array \"" + input.name() + "\" is " + array.type() + ", but the model reads " + input.describe(),
                    "convert it with astype");
        }
    }

    /** @param axis on which the input's array has the examples */
    private static void checkCount(ValueInfo input, Tensor array, int axis, Tensor target) {
        long rows = array.shape()[axis];
        if (rows == target.shape()[0]) {
            return;
        }
        int other = axisOf(rows, target);
        throw new DataException(
                examples(input.name(), array, axis) + ", but " + examples(Dataset.TARGET, target, 0),
                other < 0
                        ? "give both the same number of examples"
                        : "the examples of \"" + Dataset.TARGET
                                + "\" are always on axis 0, even if those of the model's"
                                + " output are not: move axis " + other + " there, as in numpy.moveaxis(target, "
                                + other + ", 0)");
    }

    private static String examples(String name, Tensor array, int axis) {
        return "array \"" + name + "\" of shape " + Arrays.toString(array.shape()) + " has " + array.shape()[axis]
                + " examples (axis " + axis + ")";
    }

    /** The first axis of this size; -1 if there is none. */
    private static int axisOf(long size, Tensor array) {
        return IntStream.range(0, array.shape().length)
                .filter(axis -> array.shape()[axis] == size)
                .findFirst()
                .orElse(-1);
    }

    private static DataException misshapen(ValueInfo input, Tensor array) {
        return new DataException(
                "array \"" + input.name() + "\" has shape " + Arrays.toString(array.shape()) + ", but the model reads "
                        + input.describe(),
                "make all dimensions agree, apart from the examples', which come first");
    }

    int fixedRows() {
        return axes.fixedRows();
    }

    /** Bytes of one example's inputs. */
    long bytesPerRow() {
        return inputs.values().stream()
                .mapToLong(array -> array.data().capacity() / count)
                .sum();
    }

    /** Some examples as the graph reads them; copies of the last one follow where there are fewer than {@code batch}. */
    Map<String, Tensor> inputs(int from, int rows, int batch) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        inputs.forEach((name, array) -> fed.put(
                name, array.rows(from, rows, batch).fromFront(axes.inputs().getOrDefault(name, 0))));
        return fed;
    }
}
