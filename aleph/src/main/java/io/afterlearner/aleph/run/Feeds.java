package io.afterlearner.aleph.run;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ValueInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checks data against what a model declares, so that the error names the array. */
final class Feeds {
    private Feeds() {}

    static void check(List<ValueInfo> inputs, Map<String, Tensor> data) {
        for (ValueInfo input : inputs) {
            Tensor tensor = data.get(input.name());
            if (tensor == null)
                throw new AlephException("the data have no array '" + input.name() + "', which the model reads ("
                        + describe(input) + "): add it");
            if (!tensor.type().name().equals(input.type()))
                throw new AlephException("array '" + input.name() + "' is " + tensor.type() + " where the model reads "
                        + describe(input) + ": convert it");
            if (!fits(input, tensor.shape()))
                throw new AlephException("array '" + input.name() + "' has shape " + Arrays.toString(tensor.shape())
                        + " where the model reads " + describe(input));
        }
    }

    private static boolean fits(ValueInfo input, long[] shape) {
        if (!input.ranked()) return true;
        if (input.shape().length != shape.length) return false;
        for (int d = 0; d < shape.length; d++) if (input.shape()[d] >= 0 && input.shape()[d] != shape[d]) return false;
        return true;
    }

    private static String describe(ValueInfo input) {
        return input.type()
                + (input.ranked() ? " " + Arrays.toString(input.shape()).replace("-1", "?") : "");
    }
}
