package io.afterlearner.aleph.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model file as any server runs it: whole, with nothing promoted or cut. */
public final class PlainSession implements AutoCloseable {
    private final OrtSession session;

    private PlainSession(OrtSession session) {
        this.session = session;
    }

    /** @throws io.afterlearner.aleph.AlephException if ONNX Runtime rejects the model */
    public static PlainSession open(Model model) {
        return open(model.file());
    }

    /** @throws io.afterlearner.aleph.AlephException if ONNX Runtime rejects the model */
    public static PlainSession open(Path file) {
        return new PlainSession(Ort.open(file, RunOptions.cpu()));
    }

    /**
     * One output.
     *
     * @param inputs by name; names that the model does not read are ignored
     * @return null if a {@link Tensor} cannot hold the output
     * @throws io.afterlearner.aleph.AlephException if the run fails
     */
    public @Nullable Tensor run(Map<String, Tensor> inputs, String output) {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                Tensor tensor = inputs.get(name);
                if (tensor != null) feeds.put(name, Ort.wrap(tensor));
            }
            try (OrtSession.Result result = session.run(feeds, Set.of(output))) {
                boolean supported = result.get(0) instanceof OnnxTensor tensor && Ort.isSupported(tensor.getInfo());
                return supported ? Ort.copy((OnnxTensor) result.get(0)) : null;
            }
        } catch (OrtException e) {
            throw Ort.failedToRun("the model fails in plain ONNX Runtime", e);
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("native memory could not be freed", e);
        }
    }
}
