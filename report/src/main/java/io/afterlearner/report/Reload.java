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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Scores a model file as any server would run it: with plain ONNX Runtime, without promotion or split. */
final class Reload {
    private static final int ROWS = 32;

    private final Dataset data;
    private final Scorer scorer;
    private final int examples;
    private final Tensor target;

    private Reload(Dataset data, Scorer scorer) {
        this.data = data;
        this.scorer = scorer;
        Tensor array = data.arrays().get(Dataset.TARGET);
        if (array == null) {
            throw new IllegalArgumentException("the data has no target");
        }
        this.target = array;
        this.examples = (int) array.shape()[0];
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

    private Map<String, OnnxTensor> feeds(OrtEnvironment environment, OrtSession session, int from, int rows)
            throws OrtException {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        for (String name : session.getInputNames()) {
            Tensor array = data.arrays().get(name);
            if (array != null) {
                int rowBytes = array.data().capacity() / examples;
                ByteBuffer view =
                        array.data().slice(from * rowBytes, rows * rowBytes).order(ByteOrder.nativeOrder());
                long[] shape = array.shape().clone();
                shape[0] = rows;
                OnnxJavaType type = OnnxJavaType.valueOf(array.type().name());
                feeds.put(name, OnnxTensor.createTensor(environment, view, shape, type));
            }
        }
        return feeds;
    }

    private void add(double[] sums, OnnxTensor output, int start, int from, int rows) {
        ByteBuffer bytes = output.getByteBuffer().order(ByteOrder.nativeOrder());
        Tensor.ElementType type =
                Tensor.ElementType.valueOf(output.getInfo().type.name());
        int width = bytes.remaining() / type.bytes() / (int) output.getInfo().getShape()[0];
        int targetWidth = target.data().capacity() / target.type().bytes() / examples;
        for (int row = from; row < from + rows; row++) {
            double[] statistics = new double[sums.length];
            scorer.score(
                    row(bytes, type, row - start, width),
                    row(target.data(), target.type(), row, targetWidth),
                    statistics);
            for (int s = 0; s < sums.length; s++) {
                sums[s] += statistics[s];
            }
        }
    }

    private static double[] row(ByteBuffer bytes, Tensor.ElementType type, int row, int width) {
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            int at = (row * width + i) * type.bytes();
            values[i] = switch (type) {
                case FLOAT -> bytes.getFloat(at);
                case DOUBLE -> bytes.getDouble(at);
                case INT32 -> bytes.getInt(at);
                case INT64 -> bytes.getLong(at);
                case INT8, BOOL -> bytes.get(at);
                case UINT8 -> Byte.toUnsignedInt(bytes.get(at));
            };
        }
        return values;
    }
}
