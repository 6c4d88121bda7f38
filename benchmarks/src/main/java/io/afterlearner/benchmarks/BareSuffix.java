package io.afterlearner.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the suffix of a split with ONNX Runtime alone: a lower bound for any evaluator on this graph. */
final class BareSuffix implements AutoCloseable {
    private final List<OrtSession> sessions = new ArrayList<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private OrtSession.@Nullable Result made;
    private final Map<String, OnnxTensor> feeds = new HashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final OrtSession suffix;

    BareSuffix(Split split, Map<String, Tensor> inputs) throws OrtException {
        suffix = session(split.suffix().toByteArray());
        for (Map.Entry<String, Tensor> aleph :
                split.aleph().tensors(split.aleph().initial()).entrySet()) {
            feeds.put(aleph.getKey(), own(BareRuntime.wrap(aleph.getValue())));
        }
        Map<String, OnnxTensor> data = new HashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            data.put(input.getKey(), own(BareRuntime.wrap(input.getValue())));
        }
        Map<String, OnnxValue> values = new HashMap<>(data);
        byte[] prefix = split.prefix() == null ? null : split.prefix().toByteArray();
        if (prefix != null) {
            OrtSession session = session(prefix);
            data.keySet().retainAll(session.getInputNames());
            OrtSession.Result result = session.run(data);
            this.made = result;
            result.forEach(output -> values.put(output.getKey(), output.getValue()));
        }
        for (String name : suffix.getInputNames()) {
            if (values.get(name) instanceof OnnxTensor tensor) {
                feeds.put(name, tensor);
            }
        }
        pinOutputs();
    }

    /** Pins every output with the shape of a first run. */
    private void pinOutputs() throws OrtException {
        try (OrtSession.Result first = suffix.run(feeds)) {
            for (Map.Entry<String, NodeInfo> output : suffix.getOutputInfo().entrySet()) {
                Optional<OnnxValue> value = first.get(output.getKey());
                if (value.isPresent() && value.get() instanceof OnnxTensor tensor) {
                    pinned.put(output.getKey(), own(BareRuntime.empty(tensor.getInfo())));
                }
            }
        }
    }

    void run() throws OrtException {
        suffix.run(feeds, Set.of(), pinned).close();
    }

    private OrtSession session(byte[] model) throws OrtException {
        OrtSession session = BareRuntime.open(model);
        sessions.add(session);
        return session;
    }

    private OnnxTensor own(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    @Override
    public void close() throws OrtException {
        tensors.forEach(OnnxTensor::close);
        if (made != null) {
            made.close();
        }
        for (OrtSession session : sessions) {
            session.close();
        }
    }
}
