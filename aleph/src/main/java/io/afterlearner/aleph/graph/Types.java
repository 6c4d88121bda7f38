package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import org.jspecify.annotations.Nullable;

/** ONNX element types: code, name, size, and the type of a {@link Tensor} that can hold them. */
public final class Types {
    private Types() {}

    /** The Tensor type of this ONNX code; null if a Tensor cannot hold it. */
    public static @Nullable ElementType elementType(int code) {
        return elementType(name(code));
    }

    /** The Tensor type of this ONNX name; null if a Tensor cannot hold it. */
    static @Nullable ElementType elementType(String name) {
        for (ElementType type : ElementType.values()) if (type.name().equals(name)) return type;
        return null;
    }

    public static int code(ElementType type) {
        return code(type.name());
    }

    /** ONNX code of a type's ONNX name. ONNX Runtime numbers types differently, so names are the only link. */
    public static int code(String name) {
        try {
            return DataType.valueOf(name).getNumber();
        } catch (IllegalArgumentException e) {
            throw new AlephException(
                    "element type " + name + " is unknown", "export the model with types that ONNX defines", e);
        }
    }

    public static String name(int code) {
        DataType type = DataType.forNumber(code);
        return type == null ? "type " + code : type.name();
    }

    /** Bits per element in raw data; 0 if the size varies or the type is unknown. */
    static int bits(int code) {
        return switch (code) {
            case DataType.UINT4_VALUE, DataType.INT4_VALUE -> 4;
            case DataType.UINT8_VALUE,
                    DataType.INT8_VALUE,
                    DataType.BOOL_VALUE,
                    DataType.FLOAT8E4M3FN_VALUE,
                    DataType.FLOAT8E4M3FNUZ_VALUE,
                    DataType.FLOAT8E5M2_VALUE,
                    DataType.FLOAT8E5M2FNUZ_VALUE -> 8;
            case DataType.UINT16_VALUE, DataType.INT16_VALUE, DataType.FLOAT16_VALUE, DataType.BFLOAT16_VALUE -> 16;
            case DataType.FLOAT_VALUE, DataType.INT32_VALUE, DataType.UINT32_VALUE -> 32;
            case DataType.DOUBLE_VALUE, DataType.INT64_VALUE, DataType.UINT64_VALUE, DataType.COMPLEX64_VALUE -> 64;
            case DataType.COMPLEX128_VALUE -> 128;
            default -> 0;
        };
    }
}
