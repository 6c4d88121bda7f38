package io.afterlearner.study;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An easy study: {@code y = x·w + b}, and data for which b should be 0.75 larger. */
public final class TinyStudy {
    public static final String YAML = """
            name: tiny
            model: {uri: tiny.onnx}
            aleph:
              - {tensor: w, transform: scale, per: tensor, range: [0.5, 2], log: true}
              - tensor: b
                transform: shift
                range: [-2, 2]
                step: 0.3
            data:
              search: search.npz
              test: test.npz
            loss: {type: rmse}
            optimizer:
              type: auto
              budget: 60
              parallelism: 4
              seed: 1
            evaluation: {timeout: 30s, pool: default}
            """;

    /** An online study of the same model. */
    public static final String ONLINE = """
            name: tiny
            model: {uri: tiny.onnx}
            aleph:
              - {tensor: w, transform: scale, per: tensor, range: [0.5, 2], log: true}
              - {tensor: b, transform: shift, range: [-2, 2]}
            online:
              unit: user
              explore: 0.2
              control: 0.1
              metric: {field: click, aggregate: rate, goal: maximize}
              window: 30s
              exposures: 150
              trustRegion: 0.5
              guardrails:
                - metric: {field: latencyMillis, aggregate: p99, goal: minimize, range: [0, 1000]}
                  limit: 1.05
              confidence: 0.9
              approval: true
              stop: {exposures: 100000, after: 14d}
              telemetry:
                - topic: web.clicks
                  format: json
                  metric: click
                  token: ctx.token
                  value: clicked
                  timestamp: ts
            optimizer: {budget: 60, parallelism: 4}
            """;

    /** An online study with a short window. */
    public static final String CLICKED = """
            name: clicked
            model: {uri: tiny.onnx}
            aleph:
              - {tensor: b, transform: shift, range: [-2, 2]}
            online:
              unit: user
              explore: 0.5
              control: 0.3
              metric: {field: click, aggregate: sum, range: [0, 10], goal: maximize, silence: 0}
              window: 3s
              exposures: 30
              confidence: 0.9
            optimizer: {budget: 500, parallelism: 2}
            """;

    private static final int FLOAT = 1;
    private static final float[] W = {0.5f, -1, 2};

    private TinyStudy() {}

    /** Writes study.yaml and the files it names. */
    public static Path write(Path folder) throws IOException {
        Files.write(folder.resolve("tiny.onnx"), model().toByteArray());
        npz(folder.resolve("search.npz"), 1, 200);
        npz(folder.resolve("test.npz"), 2, 200);
        return Files.writeString(folder.resolve("study.yaml"), YAML);
    }

    public static ModelProto model() {
        GraphProto graph = GraphProto.newBuilder()
                .setName("tiny")
                .addNode(node("MatMul", "product", "x", "w"))
                .addNode(node("Add", "y", "product", "b"))
                .addInitializer(tensor("w", W, 3, 1))
                .addInitializer(tensor("b", new float[] {0.25f}, 1))
                .addInput(value("x", 3))
                .addOutput(value("y", 1))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    /** A model whose tensor declares this many elements and has none. */
    public static ModelProto declaring(long elements) {
        TensorProto huge = TensorProto.newBuilder()
                .setName("w")
                .setDataType(FLOAT)
                .addDims(elements)
                .build();
        ModelProto model = model();
        return model.toBuilder()
                .setGraph(model.getGraph().toBuilder().setInitializer(0, huge))
                .build();
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addOutput(output)
                .addAllInput(List.of(inputs))
                .build();
    }

    private static TensorProto tensor(String name, float[] values, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name, int columns) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }

    /** Random data from a seed, so that the files are always the same. */
    private static void npz(Path file, long seed, int rows) throws IOException {
        Random random = new Random(seed);
        float[] x = new float[rows * W.length];
        float[] target = new float[rows];
        for (int row = 0; row < rows; row++) {
            double sum = 1;
            for (int i = 0; i < W.length; i++) {
                x[row * W.length + i] = (float) random.nextGaussian();
                sum += x[row * W.length + i] * W[i];
            }
            target[row] = (float) (sum + 0.1 * random.nextGaussian());
        }
        arrays(file, new Array("x", x, rows, W.length), new Array("target", target, rows, 1));
    }

    /** A float array in a .npz file. */
    public record Array(String name, float[] values, int... shape) {}

    /** Writes arrays as NumPy would. */
    public static void arrays(Path file, Array... arrays) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Array array : arrays) {
                // A fixed time, because the file's digest is part of the study's id.
                ZipEntry entry = new ZipEntry(array.name() + ".npy");
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(npy(array));
            }
        }
    }

    private static byte[] npy(Array array) {
        StringBuilder shape = new StringBuilder();
        for (int dim : array.shape()) {
            shape.append(dim).append(',');
        }
        String dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        String header = dict + " ".repeat(63 - (dict.length() + 10) % 64) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.write(header.length() & 0xff);
        out.write(header.length() >> 8);
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer data = ByteBuffer.allocate(array.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : array.values()) {
            data.putFloat(value);
        }
        out.writeBytes(data.array());
        return out.toByteArray();
    }
}
