package io.afterlearner.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The naive approach: load the candidate's model, run it over all examples, close it. */
final class NaiveRun {

    private NaiveRun() {}

    static void all(Path model, Map<String, Tensor> inputs) throws OrtException, IOException {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession session = BareRuntime.open(Files.readAllBytes(model))) {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                feeds.put(input.getKey(), BareRuntime.wrap(input.getValue()));
            }
            session.run(feeds).close();
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }
}
