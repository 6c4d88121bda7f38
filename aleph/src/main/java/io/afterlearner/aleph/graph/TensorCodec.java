package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Converts tensors between file and memory. Nothing is allocated for a declared size before the bytes are known to exist.
 * Raw data is little-endian, like every machine that ONNX Runtime supports.
 */
public final class TensorCodec {
    private TensorCodec() {}

    private static AlephException damaged(String problem) {
        return new AlephException(problem + ", so the model is damaged", "export it again");
    }

    /** Number of elements the dimensions declare. */
    static long elements(List<Long> dims, String what) {
        if (dims.stream().anyMatch(dim -> dim < 0)) throw damaged(what + " has a negative dimension");
        try {
            return dims.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw damaged(what + " declares more elements than can exist");
        }
    }

    /** Size of the raw data of this many elements, in bytes. */
    static long rawBytes(int code, long elements, String what) {
        int bits = Types.bits(code);
        if (bits == 0) throw damaged(what + " has raw data of " + Types.name(code) + ", which has no fixed size");
        if (elements > Long.MAX_VALUE / 16 / 8) throw damaged(what + " declares " + elements + " elements");
        return (elements * bits + 7) / 8;
    }

    /** Rejects a tensor (not external) whose data does not have the size that its dimensions declare. */
    static void check(TensorProto t, String what) {
        if (t.hasSegment())
            throw new AlephException(
                    what + " is one segment of a larger tensor, which is not supported", "export the model again");
        if (Types.name(t.getDataType()).startsWith("type ") || t.getDataType() == DataType.UNDEFINED_VALUE)
            throw new AlephException(
                    what + " has an unknown element " + Types.name(t.getDataType()),
                    "export the model with the types of ONNX 1.16");
        long elements = elements(t.getDimsList(), what);
        long held = t.hasRawData() ? t.getRawData().size() : typedCount(t);
        long wanted =
                t.hasRawData() ? rawBytes(t.getDataType(), elements, what) : typedWanted(t.getDataType(), elements);
        if (held != wanted)
            throw damaged(what + " declares " + elements + " elements of " + Types.name(t.getDataType()) + " but has "
                    + held + (t.hasRawData() ? " bytes" : " values") + " instead of " + wanted);
    }

    private static int typedCount(TensorProto t) {
        return switch (t.getDataType()) {
            case DataType.FLOAT_VALUE, DataType.COMPLEX64_VALUE -> t.getFloatDataCount();
            case DataType.DOUBLE_VALUE, DataType.COMPLEX128_VALUE -> t.getDoubleDataCount();
            case DataType.INT64_VALUE -> t.getInt64DataCount();
            case DataType.UINT32_VALUE, DataType.UINT64_VALUE -> t.getUint64DataCount();
            case DataType.STRING_VALUE -> t.getStringDataCount();
            default -> t.getInt32DataCount();
        };
    }

    private static long typedWanted(int code, long elements) {
        return switch (code) {
            case DataType.COMPLEX64_VALUE, DataType.COMPLEX128_VALUE ->
                elements > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * elements;
            case DataType.INT4_VALUE, DataType.UINT4_VALUE -> elements / 2 + elements % 2;
            default -> elements;
        };
    }

    /** A fresh copy of a checked tensor's values, off the heap. */
    public static Tensor decode(TensorProto t, ElementType type) {
        long[] shape = t.getDimsList().stream().mapToLong(Long::longValue).toArray();
        int elements = Math.toIntExact(elements(t.getDimsList(), t.getName()));
        ByteBuffer data = buffer(Math.multiplyExact(elements, type.bytes()));
        if (t.hasRawData()) t.getRawData().copyTo(data);
        else for (int i = 0; i < elements; i++) putTyped(t, type, i, data);
        return new Tensor(type, shape, data.rewind());
    }

    private static void putTyped(TensorProto t, ElementType type, int i, ByteBuffer data) {
        switch (type) {
            case FLOAT -> data.putFloat(t.getFloatData(i));
            case DOUBLE -> data.putDouble(t.getDoubleData(i));
            case INT32 -> data.putInt(t.getInt32Data(i));
            case INT64 -> data.putLong(t.getInt64Data(i));
            case INT8, UINT8, BOOL -> data.put((byte) t.getInt32Data(i));
        }
    }

    /** The same tensor with other values: name, dimensions and documentation stay. */
    public static TensorProto withValues(TensorProto t, ByteBuffer data) {
        return bare(t).setRawData(ByteString.copyFrom(data.duplicate().rewind()))
                .build();
    }

    /** The same tensor without its values, whichever field held them. */
    public static TensorProto.Builder bare(TensorProto t) {
        return t.toBuilder()
                .clearRawData()
                .clearFloatData()
                .clearInt32Data()
                .clearInt64Data()
                .clearDoubleData()
                .clearUint64Data()
                .clearExternalData()
                .clearDataLocation();
    }

    static TensorProto withRaw(TensorProto t, byte[] raw) {
        return bare(t).setRawData(UnsafeByteOperations.unsafeWrap(raw)).build();
    }

    /** Direct, native byte order, zeros. */
    public static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    public static ByteBuffer copy(ByteBuffer source) {
        ByteBuffer copy = buffer(source.capacity());
        copy.put(source.duplicate().rewind());
        return copy.rewind();
    }
}
