package io.afterlearner.aleph.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.TensorCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The outputs of a suffix. An output is pinned as soon as its shape is known: ONNX Runtime then writes it into the same buffer
 * at each run. If a pinned shape turns out to depend on the candidate, all outputs are copied from then on.
 */
final class Outputs implements AutoCloseable {
    private final Map<String, Tensor> current = new LinkedHashMap<>();
    private final List<OnnxTensor> owned = new ArrayList<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final Set<String> unpinned = new TreeSet<>();
    private boolean pinning = true;

    /** @param fixed outputs that no candidate changes */
    Outputs(Map<String, Tensor> fixed) {
        current.putAll(fixed);
    }

    /** Adds the outputs that candidates change; those of static shape are pinned at once. An empty shape may be an unknown one. */
    void add(Collection<NodeInfo> moving) throws OrtException {
        for (NodeInfo output : moving) {
            TensorInfo info = (TensorInfo) output.getInfo();
            unpinned.add(output.getName());
            long[] shape = info.getShape();
            if (shape.length > 0 && Arrays.stream(shape).noneMatch(dim -> dim < 0)) pin(output.getName(), info);
        }
    }

    /** By name; overwritten by the next run. */
    Map<String, Tensor> current() {
        return current;
    }

    void run(OrtSession session, Map<String, OnnxTensor> feeds, Cancel cancel) throws OrtException {
        boolean pins = pinning && !pinned.isEmpty();
        try {
            execute(session, feeds, cancel);
        } catch (OrtException e) {
            // A pinned output whose shape depends on the candidate fails; unpinned it does not.
            if (!pins || cancel.isCancelled()) throw e;
            unpin();
            execute(session, feeds, cancel);
        }
    }

    private void unpin() {
        pinning = false;
        unpinned.addAll(pinned.keySet());
        pinned.clear();
    }

    private void execute(OrtSession session, Map<String, OnnxTensor> feeds, Cancel cancel) throws OrtException {
        try (OrtSession.Result result = session.run(feeds, unpinned, pinned, cancel.options())) {
            for (String name : List.copyOf(unpinned)) {
                OnnxValue value = result.get(name).orElseThrow();
                if (!(value instanceof OnnxTensor tensor)) continue;
                Tensor copy = Ort.copy(tensor);
                current.put(name, copy);
                if (pinning) pinSeen(name, tensor.getInfo(), copy);
            }
        }
    }

    /** From the second run on, an output of dynamic shape is pinned at the shape of the first. */
    private void pinSeen(String name, TensorInfo seen, Tensor values) throws OrtException {
        pin(name, seen);
        Tensor output = current.get(name);
        if (pinned.containsKey(name) && output != null)
            output.data().duplicate().put(values.data().duplicate());
    }

    private void pin(String name, TensorInfo info) throws OrtException {
        long elements = Arrays.stream(info.getShape()).reduce(1, Math::multiplyExact);
        long bytes = elements * Ort.elementType(info).bytes();
        if (bytes == 0 || bytes > Integer.MAX_VALUE) return;
        Tensor tensor = new Tensor(Ort.elementType(info), info.getShape(), TensorCodec.buffer((int) bytes));
        OnnxTensor pin = Ort.wrap(tensor);
        owned.add(pin);
        pinned.put(name, pin);
        current.put(name, tensor);
        unpinned.remove(name);
    }

    @Override
    public void close() {
        Holds.free(owned);
    }
}
