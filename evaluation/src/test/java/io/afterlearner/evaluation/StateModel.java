package io.afterlearner.evaluation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Inputs x [N, 2] and state [3, N, 2], whose examples lie on axis 1; {@code y[N, 2] = x + state[0] + b} and others; ℵ is b. */
final class StateModel {
    private StateModel() {}

    /** {@code y} turned: yt [2, N]. */
    static Path write(Path file) throws IOException {
        GraphProto graph = graph().addNode(node("Transpose", "yt", "y").addAttribute(ints("perm", 1, 0)))
                .addOutput(value("y", "N", 2))
                .addOutput(value("yt", 2, "N"))
                .build();
        return write(file, graph);
    }

    /** {@code y - mean of y over the batch}, as a batch normalisation in training mode computes it. */
    static Path writeBatchDependent(Path file) throws IOException {
        GraphProto graph = graph().addNode(node("ReduceMean", "mean", "y").addAttribute(ints("axes", 0)))
                .addNode(node("Sub", "z", "y", "mean"))
                .addOutput(value("z", "N", 2))
                .build();
        return write(file, graph);
    }

    /** {@code y + w · mean of y over the batch}, with w = 0: only a candidate depends on the batch. */
    static Path writeBatchDependentAside(Path file) throws IOException {
        GraphProto graph = graph().addNode(node("ReduceMean", "mean", "y").addAttribute(ints("axes", 0)))
                .addInitializer(floatOf("w", 0))
                .addNode(node("Mul", "part", "mean", "w"))
                .addNode(node("Add", "z", "y", "part"))
                .addOutput(value("z", "N", 2))
                .build();
        return write(file, graph);
    }

    /** {@code y} has twice the values. */
    static Path writeOther(Path file) throws IOException {
        GraphProto graph = graph().addNode(node("Add", "y", "y1", "y1"))
                .addOutput(value("y", "N", 2))
                .setNode(2, node("Add", "y1", "sum", "b"))
                .build();
        return write(file, graph);
    }

    /** Detection: {@code sel} has a row per box that is kept, whichever example it is of; ℵ is the score threshold th. */
    static Path writeSelection(Path file) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("selection")
                .addInput(value("boxes", "N", 2, 4))
                .addInput(value("scores", "N", 1, 2))
                .addInitializer(TensorProto.newBuilder()
                        .setName("most")
                        .setDataType(7)
                        .addDims(1)
                        .addInt64Data(9))
                .addInitializer(floatOf("iou", 0.5f))
                .addInitializer(floatOf("th", 0.1f))
                .addNode(node("NonMaxSuppression", "selected", "boxes", "scores", "most", "iou", "th"))
                .addNode(node("Cast", "sel", "selected")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("to")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(1)))
                .addOutput(value("sel", "M", 3))
                .build();
        return write(file, graph);
    }

    private static TensorProto.Builder floatOf(String name, float value) {
        return TensorProto.newBuilder().setName(name).setDataType(1).addDims(1).addFloatData(value);
    }

    private static GraphProto.Builder graph() {
        return GraphProto.newBuilder()
                .setName("state")
                .addInput(value("x", "N", 2))
                .addInput(value("state", 3, "N", 2))
                .addInitializer(TensorProto.newBuilder()
                        .setName("b")
                        .setDataType(1)
                        .addDims(2)
                        .addFloatData(0.5f)
                        .addFloatData(-0.25f))
                .addInitializer(
                        TensorProto.newBuilder().setName("first").setDataType(7).addInt64Data(0))
                .addNode(node("Gather", "s0", "state", "first"))
                .addNode(node("Add", "sum", "x", "s0"))
                .addNode(node("Add", "y", "sum", "b"));
    }

    private static Path write(Path file, GraphProto graph) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
        return Files.write(file, model.toByteArray());
    }

    private static NodeProto.Builder node(String type, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(List.of(inputs));
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder ints =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            ints.addInts(value);
        }
        return ints.build();
    }

    private static ValueInfoProto value(String name, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Integer size) {
                shape.addDimBuilder().setDimValue(size);
            } else {
                shape.addDimBuilder().setDimParam(dimension.toString());
            }
        }
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
