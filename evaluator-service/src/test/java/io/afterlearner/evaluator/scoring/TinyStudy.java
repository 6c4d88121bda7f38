package io.afterlearner.evaluator.scoring;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A study of {@code y = Relu(x) + b}, ℵ is b, shipped as 0; the target is Relu(x) + 2, so rmse at b is |b - 2|. */
public final class TinyStudy {
    public static final int EXAMPLES = 6;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int BOOL = 9;

    private TinyStudy() {}

    public static Path model(Path file) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("tiny")
                .addNode(node("Relu", "h", "x"))
                .addNode(node("Add", "y", "h", "b"))
                .addInitializer(number("b", 0))
                .addInput(value("x"))
                .addOutput(value("y"));
        return Files.write(file, onnx(graph));
    }

    /** The same at b = 0; elsewhere {@code y} also has b times the mean of Relu(x) over the batch. */
    public static Path batchDependentModel(Path file) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("batch-dependent")
                .addNode(node("Relu", "h", "x"))
                .addNode(node("ReduceMean", "mean", "h").toBuilder()
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axes")
                                .setType(AttributeProto.AttributeType.INTS)
                                .addInts(0)))
                .addNode(node("Mul", "part", "mean", "b"))
                .addNode(node("Add", "shifted", "h", "b"))
                .addNode(node("Add", "y", "shifted", "part"))
                .addInitializer(number("b", 0))
                .addInput(value("x"))
                .addOutput(value("y"));
        return Files.write(file, onnx(graph));
    }

    /** The same, at b = 0, after so many products of 1000 by 1000 matrices. */
    public static Path slowModel(Path file, int products) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("slow")
                .addNode(node("Relu", "h", "x"))
                .addNode(node("Add", "shifted", "h", "b"))
                .addNode(node("Expand", "m0", "b", "shape"));
        for (int i = 1; i <= products; i++) {
            graph.addNode(node("MatMul", "m" + i, "m" + (i - 1), "m0"));
        }
        graph.addNode(node("ReduceMean", "mean", "m" + products))
                .addNode(node("Add", "y", "shifted", "mean"))
                .addInitializer(number("b", 0))
                .addInitializer(TensorProto.newBuilder()
                        .setName("shape")
                        .setDataType(INT64)
                        .addDims(2)
                        .addInt64Data(1000)
                        .addInt64Data(1000))
                .addInput(value("x"))
                .addOutput(value("y"));
        return Files.write(file, onnx(graph));
    }

    /** The same for b of 0 or less; for b of 10 a loop runs for hours. */
    public static Path endlessModel(Path file) throws IOException {
        GraphProto body = GraphProto.newBuilder()
                .setName("body")
                .addInput(scalar("i", INT64))
                .addInput(scalar("on", BOOL))
                .addInput(value("before"))
                .addNode(node("Identity", "still", "on"))
                .addNode(node("Relu", "after", "before"))
                .addOutput(scalar("still", BOOL))
                .addOutput(value("after"))
                .build();
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("endless")
                .addNode(node("Mul", "turns", "b", "many"))
                .addNode(node("Cast", "trips", "turns").toBuilder()
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("to")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(INT64)))
                .addNode(node("Loop", "h", "trips", "", "x").toBuilder()
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("body")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(body)))
                .addNode(node("Relu", "r", "h"))
                .addNode(node("Add", "y", "r", "b"))
                .addInitializer(number("b", 0))
                .addInitializer(number("many", 1e12f))
                .addInput(value("x"))
                .addOutput(value("y"));
        return Files.write(file, onnx(graph));
    }

    private static TensorProto number(String name, float value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .addDims(1)
                .addFloatData(value)
                .build();
    }

    private static ValueInfoProto scalar(String name, int type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type)
                                .setShape(TensorShapeProto.getDefaultInstance())))
                .build();
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .addOutput(output)
                .addAllInput(List.of(inputs))
                .build();
    }

    private static byte[] onnx(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }

    public static Path data(Path file) throws IOException {
        return data(file, EXAMPLES);
    }

    public static Path data(Path file, int examples) throws IOException {
        float[] x = new float[examples];
        float[] target = new float[examples];
        for (int i = 0; i < examples; i++) {
            x[i] = i - 2;
            target[i] = Math.max(0, x[i]) + 2;
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            array(zip, "x", x);
            array(zip, "target", target);
        }
        return file;
    }

    private static void array(ZipOutputStream zip, String name, float[] values) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + values.length + ", 1), }";
        String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        ByteBuffer npy = ByteBuffer.allocate(10 + padded.length() + 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            npy.putFloat(value);
        }
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(npy.array());
        zip.closeEntry();
    }

    public static Artifact artifact(Path file) {
        return new Artifact(file.toUri().toString(), Digest.sha256(file));
    }

    public static StudySpec spec(String study, Artifact model, Artifact search) {
        AlephGroup b = new AlephGroup(
                "b",
                null,
                Transform.VALUE,
                Granularity.ELEMENT,
                0,
                List.of(1),
                Kind.REAL,
                -10.0,
                10.0,
                false,
                null,
                List.of(0.0),
                List.of());
        return new StudySpec(
                study,
                study,
                0L,
                model,
                List.of(b),
                search,
                null,
                new LossSpec("rmse", Map.of()),
                new OptimizerSpec("auto", 10L, 1, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
                new EvaluationSpec(60_000L, "default", 0, Map.of(), 0.0, 3_600_000L),
                List.of(),
                null,
                0L,
                List.of());
    }

    /** As {@link #in}, with a test split of so many examples. */
    public static StudySpec tested(Path directory, String study, int examples) throws IOException {
        Path test = data(directory.resolve(study + "-test.npz"), examples);
        return StudySpec.newBuilder(in(directory, study))
                .setTest(artifact(test))
                .build();
    }

    /** Model and data written to the directory, and the study of them. */
    public static StudySpec in(Path directory, String study) throws IOException {
        return spec(
                study,
                artifact(model(directory.resolve(study + ".onnx"))),
                artifact(data(directory.resolve(study + ".npz"))));
    }
}
