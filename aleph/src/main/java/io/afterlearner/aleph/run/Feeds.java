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
                throw new AlephException(
                        "the data has no array '" + input.name() + "', which the model reads as " + input.describe(),
                        "add it");
            if (!tensor.type().name().equals(input.type()))
                throw new AlephException(
                        "array '" + input.name() + "' is " + tensor.type() + ", but the model reads "
                                + input.describe(),
                        "convert it");
            if (!input.accepts(tensor.shape(), 0))
                throw new AlephException(
                        "array '" + input.name() + "' has shape " + Arrays.toString(tensor.shape())
                                + ", but the model reads " + input.describe(),
                        "reshape it");
        }
    }
}
