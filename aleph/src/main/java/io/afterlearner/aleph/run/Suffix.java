package io.afterlearner.aleph.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.manifest.Aleph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs candidates on one frontier, with the same feed and output buffers each time. For one thread at a time, except {@link #cancel}.
 */
public final class Suffix implements AutoCloseable {
    private final Split split;
    private final OrtSession session;
    private final Frontier frontier;
    private final Holds sessionHolds;
    private final List<OnnxTensor> owned = new ArrayList<>();
    private final Map<String, ByteBuffer> buffers = new HashMap<>();
    private final Map<String, OnnxTensor> feeds = new HashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final Set<String> unpinned = new TreeSet<>();
    private final Cancel cancel = new Cancel();
    private boolean pinning = true;
    private boolean closed;

    private Suffix(Split split, OrtSession session, Frontier frontier, Holds sessionHolds) {
        this.split = split;
        this.session = session;
        this.frontier = frontier;
        this.sessionHolds = sessionHolds;
    }

    static Suffix open(Split split, OrtSession session, Map<String, NodeInfo> moving, Frontier frontier, Holds holds) {
        Suffix suffix = new Suffix(split, session, frontier, holds);
        try {
            suffix.feed();
            suffix.unpinned.addAll(moving.keySet());
            for (NodeInfo output : moving.values()) suffix.pinStatic(output);
            return suffix;
        } catch (OrtException e) {
            suffix.close();
            throw Ort.failed("the suffix cannot be fed", e);
        } catch (RuntimeException e) {
            suffix.close();
            throw e;
        }
    }

    private void feed() throws OrtException {
        Aleph aleph = split.aleph();
        for (Map.Entry<String, Tensor> e : aleph.tensors(aleph.initial()).entrySet()) {
            OnnxTensor tensor = own(Ort.wrap(e.getValue()));
            buffers.put(e.getKey(), e.getValue().data());
            feeds.put(e.getKey(), tensor);
        }
        feeds.putAll(frontier.tensors());
        outputs.putAll(frontier.fixed());
    }

    private OnnxTensor own(OnnxTensor tensor) {
        owned.add(tensor);
        return tensor;
    }

    private void pinStatic(NodeInfo output) throws OrtException {
        TensorInfo info = (TensorInfo) output.getInfo();
        for (long dim : info.getShape()) if (dim < 0) return;
        pin(output.getName(), info);
    }

    private void pin(String name, TensorInfo info) throws OrtException {
        long elements = 1;
        for (long dim : info.getShape()) elements = Math.multiplyExact(elements, dim);
        long bytes = elements * Ort.elementType(info).bytes();
        if (bytes == 0 || bytes > Integer.MAX_VALUE) return;
        Tensor tensor = new Tensor(Ort.elementType(info), info.getShape(), TensorCodec.buffer((int) bytes));
        pinned.put(name, own(Ort.wrap(tensor)));
        outputs.put(name, tensor);
        unpinned.remove(name);
    }

    /**
     * Evaluates one candidate.
     *
     * @return the model's outputs by name (those that a {@link Tensor} can hold), overwritten by the next run
     * @throws AlephException where values do not fit, the graph fails at them, or it was cancelled
     */
    public Map<String, Tensor> run(double[] values) {
        if (closed) throw new AlephException("the runner is closed: open another");
        split.aleph().fill(values, buffers);
        try {
            return runOnce();
        } catch (OrtException e) {
            throw cancel.isCancelled()
                    ? new AlephException("the evaluation was cancelled", e)
                    : Ort.failed("the suffix failed", e);
        }
    }

    private Map<String, Tensor> runOnce() throws OrtException {
        boolean full = pinning && !pinned.isEmpty();
        try {
            execute();
        } catch (OrtException e) {
            // A pinned output whose shape moves with the candidate fails; without pins it does not.
            if (!full || cancel.isCancelled()) throw e;
            unpin();
            execute();
        }
        return outputs;
    }

    private void unpin() {
        pinning = false;
        unpinned.addAll(pinned.keySet());
        pinned.clear();
    }

    private void execute() throws OrtException {
        try (OrtSession.Result result = session.run(feeds, unpinned, pinned, cancel.options())) {
            if (unpinned.isEmpty()) return;
            for (String name : List.copyOf(unpinned)) {
                OnnxValue value = result.get(name).orElseThrow();
                if (!(value instanceof OnnxTensor tensor)) continue;
                Tensor copy = Ort.copy(tensor);
                outputs.put(name, copy);
                if (pinning) pinSeen(name, tensor.getInfo(), copy);
            }
        }
    }

    /** From the second run on an output of dynamic shape is pinned at the shape it was seen to have. */
    private void pinSeen(String name, TensorInfo seen, Tensor values) throws OrtException {
        pin(name, seen);
        Tensor output = outputs.get(name);
        if (pinned.containsKey(name) && output != null)
            output.data().duplicate().put(values.data().duplicate());
    }

    /** The outputs of the last run; the same tensors as long as their shapes stay. */
    public Map<String, Tensor> outputs() {
        return outputs;
    }

    /** Ends the run in progress, from any thread, and every later one: a cancelled runner only remains to be closed. */
    public void cancel() {
        cancel.now();
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        cancel.close();
        Natives.closeAll(owned);
        frontier.holds.release();
        sessionHolds.release();
    }
}
