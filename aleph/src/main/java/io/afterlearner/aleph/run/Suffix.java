package io.afterlearner.aleph.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.manifest.Aleph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs candidates on one frontier, each time with the same buffers. For one thread at a time, except {@link #cancel}. */
public final class Suffix implements AutoCloseable {
    private final Aleph aleph;
    private final OrtSession session;
    private final Frontier frontier;
    private final Holds sessionHolds;
    private final List<OnnxTensor> fed = new ArrayList<>();
    private final Map<String, Tensor> tensors;
    private final Map<String, OnnxTensor> feeds = new HashMap<>();
    private final Outputs outputs;
    private final Cancel cancel = new Cancel();
    private boolean closed;

    private Suffix(Aleph aleph, OrtSession session, Frontier frontier, Holds sessionHolds) {
        this.aleph = aleph;
        this.session = session;
        this.frontier = frontier;
        this.sessionHolds = sessionHolds;
        this.outputs = new Outputs(frontier.fixed);
        this.tensors = aleph.tensors(aleph.initial());
    }

    static Suffix open(Aleph aleph, OrtSession session, Map<String, NodeInfo> moving, Frontier frontier, Holds holds) {
        Suffix suffix = new Suffix(aleph, session, frontier, holds);
        try {
            suffix.feed();
            suffix.outputs.add(moving.values());
            return suffix;
        } catch (OrtException e) {
            suffix.close();
            throw Ort.failedToRun("the suffix cannot be fed", e);
        } catch (RuntimeException e) {
            suffix.close();
            throw e;
        }
    }

    private void feed() throws OrtException {
        for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
            OnnxTensor tensor = Ort.wrap(e.getValue());
            fed.add(tensor);
            feeds.put(e.getKey(), tensor);
        }
        feeds.putAll(frontier.tensors);
    }

    /**
     * Evaluates one candidate.
     *
     * @return the model's outputs by name (those that a {@link Tensor} can hold), overwritten by the next run
     * @throws AlephException if values do not fit, the graph fails on them, or the run was cancelled
     * @throws IllegalStateException if it is closed
     */
    public Map<String, Tensor> run(double[] values) {
        if (closed) throw new IllegalStateException("the Suffix is closed");
        aleph.fill(values, tensors);
        try {
            outputs.run(session, feeds, cancel);
            return outputs.current();
        } catch (OrtException e) {
            throw cancel.isCancelled()
                    ? new AlephException(
                            "the evaluation was cancelled", "raise evaluation.timeout if it took too long", e)
                    : Ort.failedToRun("the suffix failed", e);
        }
    }

    /** The outputs of the last run; the same tensors as long as their shapes stay. */
    public Map<String, Tensor> outputs() {
        return outputs.current();
    }

    /** Ends the current run, from any thread, and every later one: a cancelled Suffix can only be closed. */
    public void cancel() {
        cancel.now();
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        cancel.close();
        Holds.free(fed);
        outputs.close();
        frontier.holds.release();
        sessionHolds.release();
    }
}
