package io.afterlearner.aleph.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ExternalData;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.write.Wire.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Computes how one message must change to hold other values. The caller corrects the lengths around it.
 *
 * @param bytes of the file
 * @param directory of the external data
 */
record NewBytes(byte[] bytes, Path directory) {
    /** Runs of changed bytes with fewer unchanged bytes than this between them become one splice. */
    private static final int GAP = 16;

    /** An initializer: it gets the moved values, or its external data is embedded. */
    List<Splice> initializer(Field field, Map<String, Tensor> moved) {
        TensorProto t = parse(field, TensorProto.parser()::parseFrom);
        Tensor values = moved.get(t.getName());
        if (values != null) return values(field, t, values.data());
        if (!ExternalData.isExternal(t)) return List.of();
        ExternalData data = ExternalData.of(t, directory, "tensor '" + t.getName() + "'");
        byte[] becomes = Wire.join(
                TensorCodec.bare(t).build().toByteArray(),
                Wire.header(TensorProto.RAW_DATA_FIELD_NUMBER, Math.toIntExact(data.length())));
        return List.of(new Splice(field.payloadOffset(), content(field), becomes, data));
    }

    List<Splice> tensor(Field field, ByteBuffer data) {
        return values(field, parse(field, TensorProto.parser()::parseFrom), data);
    }

    /** If the file has the values as raw data, only the bytes that differ change. */
    private List<Splice> values(Field field, TensorProto t, ByteBuffer data) {
        List<Field> raw = Wire.fields(bytes, field, TensorProto.RAW_DATA_FIELD_NUMBER);
        if (!ExternalData.isExternal(t) && raw.size() == 1 && raw.get(0).size() == data.capacity())
            return differences(raw.get(0).payloadOffset(), data);
        return whole(field, TensorCodec.withValues(t, data).toByteArray());
    }

    /** The attribute of a Constant node with other values, whichever field holds them. */
    List<Splice> constant(Field field, ByteBuffer data) {
        AttributeProto a = parse(field, AttributeProto.parser()::parseFrom);
        AttributeProto.Builder moved = a.toBuilder();
        switch (a.getName()) {
            case "value" -> moved.setT(TensorCodec.withValues(a.getT(), data));
            case "value_float" -> moved.setF(data.getFloat(0));
            case "value_int" -> moved.setI(data.getLong(0));
            case "value_floats" -> {
                for (int i = 0; i < a.getFloatsCount(); i++) moved.setFloats(i, data.getFloat(i * 4));
            }
            case "value_ints" -> {
                for (int i = 0; i < a.getIntsCount(); i++) moved.setInts(i, data.getLong(i * 8));
            }
            default -> {}
        }
        return moved.build().equals(a) ? List.of() : whole(field, moved.build().toByteArray());
    }

    private List<Splice> differences(int at, ByteBuffer data) {
        List<Splice> runs = new ArrayList<>();
        int start = -1;
        int last = -1;
        for (int i = 0; i < data.capacity(); i++) {
            if (bytes[at + i] == data.get(i)) continue;
            if (start >= 0 && i - last > GAP) {
                runs.add(run(at, start, last + 1, data));
                start = -1;
            }
            if (start < 0) start = i;
            last = i;
        }
        if (start >= 0) runs.add(run(at, start, last + 1, data));
        return runs;
    }

    private Splice run(int at, int from, int to, ByteBuffer data) {
        byte[] becomes = new byte[to - from];
        data.get(from, becomes);
        return new Splice(at + from, Arrays.copyOfRange(bytes, at + from, at + to), becomes, null);
    }

    private List<Splice> whole(Field field, byte[] becomes) {
        return List.of(new Splice(field.payloadOffset(), content(field), becomes, null));
    }

    private byte[] content(Field field) {
        return Arrays.copyOfRange(bytes, field.payloadOffset(), field.endOffset());
    }

    private interface Parse<T> {
        T from(CodedInputStream in) throws IOException;
    }

    private <T> T parse(Field field, Parse<T> parse) {
        try {
            return parse.from(Wire.stream(bytes, field));
        } catch (IOException e) {
            throw new UncheckedIOException("the model was parsed before, but these bytes cannot be", e);
        }
    }
}
