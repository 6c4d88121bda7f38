package io.afterlearner.aleph.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime with its defaults, as any server would use it. */
final class Plain {
    private Plain() {}

    static Map<String, Tensor> run(Path file, Map<String, Tensor> data) {
        try (OrtSession session = Ort.ENVIRONMENT.createSession(file.toString())) {
            Map<String, OnnxTensor> feeds = new HashMap<>();
            for (String name : session.getInputNames())
                if (data.containsKey(name)) feeds.put(name, Ort.wrap(data.get(name)));
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(feeds)) {
                for (Map.Entry<String, OnnxValue> e : result)
                    if (e.getValue() instanceof OnnxTensor tensor) outputs.put(e.getKey(), Ort.copy(tensor));
            }
            feeds.values().forEach(OnnxTensor::close);
            return outputs;
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }
}
