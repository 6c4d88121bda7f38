package io.afterlearner.aleph.run;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Cut;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Aleph;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model cut at the ℵ frontier: what depends on no ℵ (the frozen prefix) runs once per example, the rest (the suffix) once per candidate.
 *
 * <p>Prefix and suffix share the weights of the whole model in memory. They are serialized only to open ONNX Runtime sessions.
 *
 * @param aleph whose tensors are inputs of the suffix
 * @param prefix ONNX model from data to frontier; null if no node is frozen
 * @param suffix ONNX model from ℵ and frontier to the outputs that depend on ℵ or on nothing
 * @param inputs the data both read, as the model declares them
 * @param frontier names of what the suffix reads besides ℵ: values of the prefix, and data
 * @param fixed names of outputs that no candidate changes: values of the prefix, and data
 * @param outputs the model's outputs, in its order
 */
public record Split(
        Aleph aleph,
        @Nullable ModelProto prefix,
        ModelProto suffix,
        List<ValueInfo> inputs,
        List<String> frontier,
        List<String> fixed,
        List<ValueInfo> outputs) {

    /**
     * Cuts at the frontier.
     *
     * @throws AlephException if a tensor of the manifest reaches no output, or ONNX Runtime cannot load the prefix
     */
    public static Split of(Model model, Aleph aleph) {
        Set<String> late = new HashSet<>();
        while (true) {
            Cut cut = Cut.of(model.graph(), aleph.names(), late);
            Splitter splitter = new Splitter(model, aleph, cut);
            // Sequences, maps and optionals cannot be kept as tensors: the cut moves in front of the nodes that make
            // them.
            if (!late.addAll(splitter.unfit())) return splitter.split();
        }
    }

    /** Only promotes ℵ to inputs: everything runs once per candidate. Benchmarks compare {@link #of} with it. */
    public static Split promoted(Model model, Aleph aleph) {
        Graph graph = model.graph();
        Set<String> all = new HashSet<>();
        graph.nodes().forEach(node -> all.addAll(node.getOutputList()));
        return new Splitter(model, aleph, Cut.of(graph, aleph.names(), all)).split();
    }

    /** The declaration of an output that the model has. */
    public ValueInfo output(String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Checks data against what the model declares, so that the error names the array. */
    void check(Map<String, Tensor> data) {
        for (ValueInfo input : inputs) {
            Tensor tensor = data.get(input.name());
            if (tensor == null)
                throw new AlephException(
                        "the data has no array '" + input.name() + "', which the model reads",
                        "add it as " + input.describe());
            if (!tensor.type().name().equals(input.type()))
                throw new AlephException(
                        "array '" + input.name() + "' is " + tensor.type() + ", but the model reads "
                                + input.describe(),
                        "convert it to " + input.type());
            if (!input.accepts(tensor.shape(), -1))
                throw new AlephException(
                        "array '" + input.name() + "' has shape " + Arrays.toString(tensor.shape())
                                + ", but the model reads " + input.describe(),
                        "reshape it to " + input.describe());
        }
    }
}
