package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one input or output.
 *
 * @param name its name
 * @param type ONNX element type such as {@code FLOAT} or {@code FLOAT16}; {@code SEQUENCE}, {@code MAP}, … if it is not a tensor; UNDEFINED if not declared
 * @param shape dimensions, -1 if dynamic; empty for a scalar and if not ranked
 * @param ranked whether the model says how many dimensions there are
 * @param symbols the name of each dynamic dimension, such as {@code batch}; empty for those without, and for fixed dimensions
 */
public record ValueInfo(String name, String type, long[] shape, boolean ranked, List<String> symbols) {

    /** The {@link Tensor} type; null if a Tensor cannot hold this value. */
    public @Nullable ElementType elementType() {
        return Types.elementType(type);
    }

    /** Type and shape for people, such as {@code FLOAT [batch, ?, 3]}. */
    public String describe() {
        if (!ranked) return type;
        StringJoiner dimensions = new StringJoiner(", ", type + " [", "]");
        for (int d = 0; d < shape.length; d++) dimensions.add(dimension(d));
        return dimensions.toString();
    }

    private String dimension(int d) {
        if (shape[d] >= 0) return Long.toString(shape[d]);
        return symbols.get(d).isEmpty() ? "?" : symbols.get(d);
    }

    /** Whether a tensor of this shape can be fed; the dimension {@code except} is not compared. */
    public boolean accepts(long[] other, int except) {
        if (!ranked) return true;
        if (shape.length != other.length) return false;
        for (int d = 0; d < shape.length; d++) if (d != except && shape[d] >= 0 && shape[d] != other[d]) return false;
        return true;
    }

    public static ValueInfo of(ValueInfoProto proto) {
        TypeProto type = proto.getType();
        if (!type.hasTensorType()) {
            String kind = type.getValueCase().name();
            return new ValueInfo(
                    proto.getName(),
                    kind.startsWith("VALUE_NOT") ? "UNDEFINED" : kind.replace("_TYPE", ""),
                    new long[0],
                    false,
                    List.of());
        }
        TypeProto.Tensor tensor = type.getTensorType();
        long[] shape = tensor.getShape().getDimList().stream()
                .mapToLong(ValueInfo::dimension)
                .toArray();
        List<String> symbols = tensor.getShape().getDimList().stream()
                .map(TensorShapeProto.Dimension::getDimParam)
                .toList();
        return new ValueInfo(proto.getName(), Types.name(tensor.getElemType()), shape, tensor.hasShape(), symbols);
    }

    private static long dimension(TensorShapeProto.Dimension dim) {
        return dim.hasDimValue() && dim.getDimValue() >= 0 ? dim.getDimValue() : -1;
    }

    /** Declares a tensor of any rank. */
    public static ValueInfoProto unranked(String name, int code) {
        return proto(name, TypeProto.Tensor.newBuilder().setElemType(code));
    }

    /** Declares a tensor; dynamic dimensions get their names, if any. */
    public static ValueInfoProto proto(String name, int code, long[] shape, String[] names) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (int d = 0; d < shape.length; d++) {
            TensorShapeProto.Dimension.Builder dim = dims.addDimBuilder();
            if (shape[d] >= 0) dim.setDimValue(shape[d]);
            else if (d < names.length && !names[d].isEmpty()) dim.setDimParam(names[d]);
        }
        return proto(name, TypeProto.Tensor.newBuilder().setElemType(code).setShape(dims));
    }

    private static ValueInfoProto proto(String name, TypeProto.Tensor.Builder tensor) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
