package io.afterlearner.report;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.loss.Scorer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Scores a model file as any server would run it: with plain ONNX Runtime, without promotion or split. */
final class Reload {
    private static final int ROWS = 32;

    private final Dataset data;
    private final Scorer scorer;
    private final Tensor target;
    private final int examples;

    private Reload(Dataset data, Scorer scorer) {
        this.data = data;
        this.scorer = scorer;
        this.target = Objects.requireNonNull(data.arrays().get(Dataset.TARGET));
        this.examples = (int) target.shape()[0];
    }

    static double loss(Path model, Dataset data, Losses.Chosen loss, Scorer scorer) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                String named = loss.output();
                String output =
                        named == null ? session.getOutputNames().iterator().next() : named;
                return new Reload(data, scorer).loss(environment, session, output);
            }
        }
    }

    private double loss(OrtEnvironment environment, OrtSession session, String output) throws OrtException {
        double[] sums = new double[scorer.statistics()];
        int batch = batch(session);
        for (int from = 0; from < examples; from += batch) {
            int rows = Math.min(batch, examples - from);
            // A graph with a fixed batch size gets the last full batch; rows that were scored before are skipped.
            int start = rows < batch && batch != ROWS ? Math.max(0, examples - batch) : from;
            int count = Math.min(batch, examples - start);
            Map<String, OnnxTensor> feeds = feeds(environment, session, start, count);
            try (OrtSession.Result result = session.run(feeds, Set.of(output))) {
                add(sums, (OnnxTensor) result.get(0), start, from, rows);
            } finally {
                feeds.values().forEach(OnnxTensor::close);
            }
        }
        return scorer.value(sums, examples);
    }

    private static int batch(OrtSession session) throws OrtException {
        for (var input : session.getInputInfo().values()) {
            if (input.getInfo() instanceof TensorInfo info && info.getShape().length > 0 && info.getShape()[0] > 0) {
                return (int) info.getShape()[0];
            }
        }
        return ROWS;
    }

    private Map<String, OnnxTensor> feeds(OrtEnvironment environment, OrtSession session, int from, int count)
            throws OrtException {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        for (String name : session.getInputNames()) {
            Tensor array = data.arrays().get(name);
            if (array != null) {
                Tensor rows = array.rows(from, count, count);
                OnnxJavaType type = OnnxJavaType.valueOf(rows.type().name());
                feeds.put(name, OnnxTensor.createTensor(environment, rows.data(), rows.shape(), type));
            }
        }
        return feeds;
    }

    private void add(double[] sums, OnnxTensor output, int start, int from, int rows) {
        TensorInfo info = output.getInfo();
        ByteBuffer bytes = output.getByteBuffer().order(ByteOrder.nativeOrder());
        Tensor scored = new Tensor(Tensor.ElementType.valueOf(info.type.name()), info.getShape(), bytes);
        double[] values = new double[scored.elements() / (int) info.getShape()[0]];
        double[] wanted = new double[target.elements() / examples];
        for (int row = from; row < from + rows; row++) {
            scored.read((row - start) * values.length, values);
            target.read(row * wanted.length, wanted);
            double[] statistics = new double[sums.length];
            scorer.score(values, wanted, statistics);
            Arrays.setAll(sums, s -> sums[s] + statistics[s]);
        }
    }
}
