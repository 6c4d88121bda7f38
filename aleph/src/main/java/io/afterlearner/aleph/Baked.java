package io.afterlearner.aleph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Map;

/** A model with other values in its ℵ tensors; all else is as it was. */
final class Baked {
    private Baked() {}

    /** The whole model (external data read in) with these tensors in the place of the shipped ones. */
    static ModelProto of(Model model, Map<String, Tensor> tensors, Aleph aleph) {
        GraphProto.Builder graph = model.whole().getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            Tensor tensor = tensors.get(graph.getInitializer(i).getName());
            if (tensor != null) graph.setInitializer(i, TensorCodec.withValues(graph.getInitializer(i), tensor.data()));
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputCount() == 0 || !tensors.containsKey(node.getOutput(0))) continue;
            graph.setNode(i, constant(node, tensors.get(node.getOutput(0)).data()));
        }
        tensors.forEach((name, tensor) -> {
            if (aleph.site(name).kind() == Kind.INPUT) graph.addInitializer(initializer(name, tensor));
        });
        return model.whole().toBuilder().setGraph(graph).build();
    }

    /** A graph input gets the value as its default: it stays listed as an input, and need no longer be fed. */
    private static TensorProto initializer(String name, Tensor tensor) {
        TensorProto.Builder initializer = TensorProto.newBuilder().setName(name).setDataType(Types.code(tensor.type()));
        for (long dim : tensor.shape()) initializer.addDims(dim);
        return initializer
                .setRawData(ByteString.copyFrom(tensor.data().duplicate().rewind()))
                .build();
    }

    private static NodeProto constant(NodeProto node, ByteBuffer data) {
        NodeProto.Builder moved = node.toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
            if (node.getAttribute(i).getName().startsWith("value"))
                moved.setAttribute(i, attribute(node.getAttribute(i), data));
        }
        return moved.build();
    }

    private static AttributeProto attribute(AttributeProto attribute, ByteBuffer data) {
        AttributeProto.Builder moved = attribute.toBuilder();
        switch (attribute.getName()) {
            case "value" -> moved.setT(TensorCodec.withValues(attribute.getT(), data));
            case "value_float" -> moved.setF(data.getFloat(0));
            case "value_int" -> moved.setI(data.getLong(0));
            case "value_floats" -> {
                for (int i = 0; i < attribute.getFloatsCount(); i++) moved.setFloats(i, data.getFloat(i * 4));
            }
            case "value_ints" -> {
                for (int i = 0; i < attribute.getIntsCount(); i++) moved.setInts(i, data.getLong(i * 8));
            }
            default -> throw new IllegalStateException(attribute.getName());
        }
        return moved.build();
    }
}
