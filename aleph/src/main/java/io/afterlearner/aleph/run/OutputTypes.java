package io.afterlearner.aleph.run;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.TensorInfo;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.ValueInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of a model's outputs, as ONNX Runtime infers them. Its API has the same empty shape for a scalar and for a value
 * of unknown rank. A Shape node behind the value tells them apart: only if the rank is known, the node's own output has a fixed
 * length.
 */
final class OutputTypes {
    /** Shapes, axes of slices and sizes of resizes never have more elements. Their values may determine types. */
    private static final int MAX_SHAPE_ELEMENTS = 1024;

    private static final String SUFFIX = "/afterlearner.rank";

    private OutputTypes() {}

    /** By name; without outputs that are not tensors. */
    static Map<String, ValueInfoProto> of(ModelProto model) {
        ModelProto light = light(model);
        if (light == null) return all(model);
        try {
            return all(light);
        } catch (AlephException e) {
            // An operator requires its weights to be constants.
            return all(model);
        }
    }

    /**
     * The model with its weights declared as inputs: types follow from their shapes, and the weights themselves would be copied
     * several times. Null if it has no large weights.
     */
    private static @Nullable ModelProto light(ModelProto model) {
        GraphProto whole = model.getGraph();
        GraphProto.Builder graph = whole.toBuilder().clearInitializer();
        for (TensorProto t : whole.getInitializerList()) {
            if (elements(t) <= MAX_SHAPE_ELEMENTS) graph.addInitializer(t);
            else graph.addInput(ValueInfo.proto(t.getName(), t.getDataType(), dims(t), new String[0]));
        }
        boolean same = graph.getInitializerCount() == whole.getInitializerCount();
        return same ? null : model.toBuilder().setGraph(graph).build();
    }

    private static long[] dims(TensorProto t) {
        return t.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    private static long elements(TensorProto t) {
        long elements = 1;
        for (long dim : t.getDimsList()) elements *= dim;
        return elements;
    }

    private static Map<String, ValueInfoProto> all(ModelProto model) {
        Map<String, TensorInfo> types = Ort.outputTypes(model.toByteArray());
        Set<String> open = types.entrySet().stream()
                .filter(type -> type.getValue().getShape().length == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> scalars = open.isEmpty() ? open : scalars(model, open);
        Map<String, ValueInfoProto> declared = new LinkedHashMap<>();
        types.forEach((name, info) -> declared.put(
                name,
                open.contains(name) && !scalars.contains(name)
                        ? ValueInfo.unranked(name, Ort.code(info))
                        : ValueInfo.proto(name, Ort.code(info), info.getShape(), info.getDimensionNames())));
        return declared;
    }

    private static Set<String> scalars(ModelProto model, Set<String> open) {
        boolean hasShape = model.getOpsetImportList().stream()
                .anyMatch(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"));
        if (!hasShape) return Set.of();
        GraphProto.Builder graph = model.getGraph().toBuilder();
        for (String name : open) {
            graph.addNode(
                    NodeProto.newBuilder().setOpType("Shape").addInput(name).addOutput(name + SUFFIX));
            graph.addOutput(ValueInfoProto.newBuilder().setName(name + SUFFIX));
        }
        Map<String, TensorInfo> ranks =
                Ort.outputTypes(model.toBuilder().setGraph(graph).build().toByteArray());
        return open.stream()
                .filter(name -> {
                    TensorInfo rank = ranks.get(name + SUFFIX);
                    return rank != null && rank.getShape().length == 1 && rank.getShape()[0] == 0;
                })
                .collect(Collectors.toSet());
    }
}
