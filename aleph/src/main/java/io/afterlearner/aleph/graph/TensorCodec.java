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

/**
 * Converts tensors between file and memory. Nothing is allocated for a declared size before the bytes are known to exist.
 * Raw data is little-endian, like every machine that ONNX Runtime supports.
 */
public final class TensorCodec {
    private TensorCodec() {}

    /** Number of elements the dimensions declare. */
    static long elements(Iterable<Long> dims, String what) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0)
                throw new AlephException(what + " has a negative dimension: the model is damaged, export it again");
            try {
                elements = Math.multiplyExact(elements, dim);
            } catch (ArithmeticException e) {
                throw new AlephException(
                        what + " declares more elements than there can be: the model is damaged, export it again", e);
            }
        }
        return elements;
    }

    /** Size of the raw data of this many elements, in bytes. */
    static long rawBytes(int code, long elements, String what) {
        int bits = Types.bits(code);
        if (bits == 0)
            throw new AlephException(what + " has raw data of " + Types.name(code)
                    + ", which has no fixed size: export the model again");
        if (elements > Long.MAX_VALUE / 16 / 8)
            throw new AlephException(
                    what + " declares " + elements + " elements: the model is damaged, export it again");
        return (elements * bits + 7) / 8;
    }

    /** Rejects a tensor (not external) whose data does not have the size that its dimensions declare. */
    static void check(TensorProto t, String what) {
        if (t.hasSegment())
            throw new AlephException(
                    what + " is one segment of a larger tensor, which is not supported: export the model again");
        if (Types.name(t.getDataType()).startsWith("type ") || t.getDataType() == DataType.UNDEFINED_VALUE)
            throw new AlephException(what + " has an unknown element " + Types.name(t.getDataType())
                    + ": export the model with ONNX 1.16 or older types");
        long elements = elements(t.getDimsList(), what);
        long held = t.hasRawData() ? t.getRawData().size() : typedCount(t);
        long wanted =
                t.hasRawData() ? rawBytes(t.getDataType(), elements, what) : typedWanted(t.getDataType(), elements);
        if (held != wanted)
            throw new AlephException(what + " declares " + elements + " elements of " + Types.name(t.getDataType())
                    + " but holds " + held + (t.hasRawData() ? " bytes" : " values") + " where " + wanted
                    + " belong: the model is damaged, export it again");
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
