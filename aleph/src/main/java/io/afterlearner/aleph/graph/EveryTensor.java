package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.afterlearner.aleph.AlephException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Visits each tensor of a graph, of its nodes' attributes and of its subgraphs, and replaces those that the step changes. */
@SuppressWarnings("ReferenceEquality") // The same object means unchanged; comparing contents would read every weight.
final class EveryTensor {
    /** The replacement of one tensor; the same object if it stays. */
    interface Step {
        TensorProto apply(TensorProto tensor, String what);
    }

    private EveryTensor() {}

    static GraphProto map(GraphProto graph, Step step) {
        return (GraphProto) map(graph, "", step);
    }

    /** @param place the node or attribute that holds the message; empty if a graph does */
    private static Message map(Message message, String place, Step step) {
        if (message instanceof TensorProto t)
            return step.apply(t, place.isEmpty() ? "tensor '" + t.getName() + "'" : place);
        if (message instanceof SparseTensorProto)
            throw new AlephException(
                    (place.isEmpty() ? "an initializer" : place) + " is sparse, which is not supported",
                    "export it as a dense tensor");
        Message.@Nullable Builder mapped = null;
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) continue;
            List<?> values = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            for (int i = 0; i < values.size(); i++) {
                Message value = (Message) values.get(i);
                Message changed = map(value, placeIn(message, place), step);
                if (changed == value) continue;
                if (mapped == null) mapped = message.toBuilder();
                if (field.getKey().isRepeated()) mapped.setRepeatedField(field.getKey(), i, changed);
                else mapped.setField(field.getKey(), changed);
            }
        }
        return mapped == null ? message : mapped.build();
    }

    private static String placeIn(Message message, String place) {
        if (message instanceof NodeProto node) return Graph.name(node);
        return message instanceof AttributeProto a ? "attribute " + a.getName() + " of " + place : "";
    }
}
