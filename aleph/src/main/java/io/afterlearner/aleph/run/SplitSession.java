package io.afterlearner.aleph.run;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A split model, loaded. Call {@link #prefix} once per batch of examples, then use one {@link Suffix} per thread to evaluate candidates.
 * Thread-safe. It may be closed at any time; its memory is freed when the last of its runners is closed.
 */
public final class SplitSession implements AutoCloseable {
    private final Split split;
    private final @Nullable OrtSession prefix;
    private final OrtSession suffix;
    private final Map<String, NodeInfo> moving;
    private final Holds holds;

    private SplitSession(Split split, List<OrtSession> opened) throws OrtException {
        this.split = split;
        this.suffix = opened.get(0);
        this.prefix = opened.size() > 1 ? opened.get(1) : null;
        this.moving = new LinkedHashMap<>();
        suffix.getOutputInfo().forEach((name, node) -> {
            if (Ort.isTensor(node)) moving.put(name, node);
        });
        this.holds = new Holds(opened);
    }

    /**
     * Loads a split model.
     *
     * @throws AlephException if the provider is missing or ONNX Runtime rejects the model
     */
    public static SplitSession open(Split split, RunOptions options) {
        List<OrtSession> opened = new ArrayList<>();
        try {
            opened.add(Ort.open(split.suffix(), options));
            ModelProto frozen = split.prefix();
            if (frozen != null) opened.add(Ort.open(frozen, options));
            return new SplitSession(split, opened);
        } catch (OrtException e) {
            Holds.free(opened);
            throw Ort.failed("ONNX Runtime cannot describe the model", e);
        } catch (RuntimeException e) {
            Holds.free(opened);
            throw e;
        }
    }

    /**
     * Runs the frozen prefix on a batch of examples.
     *
     * @param inputs data by input name, not to be changed while the frontier is open; other names are ignored
     * @throws AlephException if an input is missing, or its type or shape does not fit
     */
    public Frontier prefix(Map<String, Tensor> inputs) {
        split.check(inputs);
        holds.take("the session");
        List<AutoCloseable> owned = new ArrayList<>();
        try {
            return run(inputs, owned);
        } catch (OrtException e) {
            Holds.free(owned);
            throw Ort.failedToRun("the frozen prefix failed", e);
        } catch (RuntimeException e) {
            Holds.free(owned);
            throw e;
        } finally {
            holds.release();
        }
    }

    private Frontier run(Map<String, Tensor> inputs, List<AutoCloseable> owned) throws OrtException {
        Map<String, OnnxTensor> data = new HashMap<>();
        Set<String> read = prefix == null ? Set.of() : prefix.getInputNames();
        for (ValueInfo input : split.inputs()) {
            Tensor tensor = inputs.get(input.name());
            if (tensor == null
                    || (!read.contains(input.name()) && !split.frontier().contains(input.name()))) continue;
            OnnxTensor wrapped = Ort.wrap(tensor);
            owned.add(wrapped);
            data.put(input.name(), wrapped);
        }
        Map<String, OnnxValue> made = new HashMap<>(data);
        if (prefix != null) {
            Map<String, OnnxTensor> feeds = new HashMap<>(data);
            feeds.keySet().retainAll(read);
            OrtSession.Result result = prefix.run(feeds);
            owned.add(result);
            result.forEach(e -> made.put(e.getKey(), e.getValue()));
        }
        return frontier(made, inputs, owned);
    }

    private Frontier frontier(Map<String, OnnxValue> made, Map<String, Tensor> inputs, List<AutoCloseable> owned) {
        Map<String, OnnxTensor> kept = new TreeMap<>();
        for (String name : split.frontier()) if (made.get(name) instanceof OnnxTensor tensor) kept.put(name, tensor);
        Map<String, Tensor> fixed = new HashMap<>();
        for (String name : split.fixed()) {
            Tensor data = inputs.get(name);
            if (data != null) fixed.put(name, data);
            else if (made.get(name) instanceof OnnxTensor t && Ort.isSupported(t.getInfo()))
                fixed.put(name, Ort.copy(t));
        }
        return new Frontier(kept, fixed, owned);
    }

    /** A runner of candidates on these examples, for one thread at a time. */
    public Suffix runner(Frontier frontier) {
        holds.take("the session");
        try {
            frontier.holds.take("the frontier");
        } catch (RuntimeException e) {
            holds.release();
            throw e;
        }
        return Suffix.open(split.aleph(), suffix, moving, frontier, holds);
    }

    @Override
    public void close() {
        holds.close();
    }
}
