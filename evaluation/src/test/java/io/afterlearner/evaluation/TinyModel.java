package io.afterlearner.evaluation;

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

/** {@code hidden = Relu(x · w); y = Sqrt(hidden) · v + b}: x has 3 columns, hidden 4, y 1; ℵ is meant to be v and b. */
final class TinyModel {
    static final float[] W = {0.5f, -0.25f, 1, 0.75f, -0.5f, 0.5f, 0.25f, 1, 1, 0.5f, -1, 0.25f};
    static final float[] V = {1, 0.5f, -0.25f, 2};
    static final float[] B = {0.125f};

    private static final int FLOAT = 1;

    private TinyModel() {}

    /**
     * @param batch rows the graph insists on; 0 for any
     */
    static Path write(Path file, int batch) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("tiny")
                .addNode(node("MatMul", "product", "x", "w"))
                .addNode(node("Relu", "hidden", "product"))
                .addNode(node("Sqrt", "root", "hidden"))
                .addNode(node("MatMul", "scaled", "root", "v"))
                .addNode(node("Add", "y", "scaled", "b"))
                .addInitializer(tensor("w", W, 3, 4))
                .addInitializer(tensor("v", V, 4, 1))
                .addInitializer(tensor("b", B, 1))
                .addInput(value("x", batch, 3))
                .addOutput(value("y", batch, 1))
                .addOutput(value("hidden", batch, 4))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
        return Files.write(file, model.toByteArray());
    }

    /** What the graph puts out for one row at these ℵ: v's four, then b. */
    static double y(float[] x, double[] aleph) {
        double sum = aleph[4];
        for (int h = 0; h < 4; h++) {
            double product = 0;
            for (int i = 0; i < 3; i++) {
                product += (double) x[i] * W[i * 4 + h];
            }
            sum += Math.sqrt(Math.max(0, product)) * aleph[h];
        }
        return sum;
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

    private static ValueInfoProto value(String name, int batch, int columns) {
        TensorShapeProto.Dimension.Builder rows = TensorShapeProto.Dimension.newBuilder();
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(batch == 0 ? rows.setDimParam("N") : rows.setDimValue(batch))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }
}
