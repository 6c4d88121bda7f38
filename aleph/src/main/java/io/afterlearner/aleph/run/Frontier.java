package io.afterlearner.aleph.run;

import ai.onnxruntime.OnnxTensor;
import io.afterlearner.aleph.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The cached output of the frozen prefix for some examples, which every candidate is run on. It may be closed at any time; its memory
 * is freed when the last {@link Suffix} that reads it is closed.
 */
public final class Frontier implements AutoCloseable {
    /** Inputs of the suffix besides ℵ, by name. */
    final Map<String, OnnxTensor> tensors;
    /** Outputs of the model that no candidate changes, by name. */
    final Map<String, Tensor> fixed;

    private final long bytes;
    final Holds holds;

    Frontier(Map<String, OnnxTensor> tensors, Map<String, Tensor> fixed, List<? extends AutoCloseable> owned) {
        this.tensors = Map.copyOf(tensors);
        this.fixed = Map.copyOf(fixed);
        this.bytes = tensors.values().stream().mapToLong(Frontier::bytes).sum()
                + fixed.values().stream().mapToLong(t -> t.data().capacity()).sum();
        this.holds = new Holds(owned);
    }

    private static long bytes(OnnxTensor tensor) {
        long elements = tensor.getInfo().getNumElements();
        return elements * Math.max(1, tensor.getInfo().type.size);
    }

    /** Memory it holds, in bytes. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        holds.close();
    }
}
