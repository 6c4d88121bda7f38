package io.afterlearner.aleph.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.ExternalData;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.Kind;
import io.afterlearner.aleph.write.Wire.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the places of a model file that must change for its ℵ tensors to hold other values, and for external data to be embedded. The
 * file is never parsed and written anew: whatever an exporter put into it, in whatever order, stays.
 */
final class Rewrite {
    /** Runs of changed bytes with less than this between them are one splice. */
    private static final int GAP = 16;

    private final byte[] bytes;
    private final Path directory;
    private final Aleph aleph;
    private final Map<String, Tensor> tensors;

    private Rewrite(Model model, Aleph aleph, Map<String, Tensor> tensors) {
        this.bytes = model.shippedBytes();
        this.directory = model.directory();
        this.aleph = aleph;
        this.tensors = tensors;
    }

    /** Splices of the shipped file, in order. */
    static List<Splice> of(Model model, Aleph aleph, Map<String, Tensor> tensors) {
        Rewrite rewrite = new Rewrite(model, aleph, tensors);
        List<Splice> splices = new ArrayList<>();
        boolean first = true;
        for (Field f : Wire.fields(rewrite.bytes, 0, rewrite.bytes.length)) {
            if (f.number() != ModelProto.GRAPH_FIELD_NUMBER) continue;
            splices.addAll(rewrite.mainGraph(f, first));
            first = false;
        }
        return splices;
    }

    private List<Splice> mainGraph(Field graph, boolean first) {
        List<Splice> inner = inside(graph, f -> switch (f.number()) {
            case GraphProto.INITIALIZER_FIELD_NUMBER -> initializer(f);
            case GraphProto.NODE_FIELD_NUMBER -> node(f);
            default -> List.of();
        });
        if (first) inner.addAll(defaults(graph.end()));
        return relength(graph, inner);
    }

    /** A graph input gets its value as default: it stays listed as an input, and need no longer be fed. */
    private List<Splice> defaults(int at) {
        byte[] added = {};
        for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
            if (aleph.site(e.getKey()).kind() != Kind.INPUT) continue;
            byte[] t = initializer(e.getKey(), e.getValue()).toByteArray();
            added = Wire.join(added, Wire.header(GraphProto.INITIALIZER_FIELD_NUMBER, t.length), t);
        }
        return added.length == 0 ? List.of() : List.of(new Splice(at, new byte[0], added, null));
    }

    private static TensorProto initializer(String name, Tensor tensor) {
        TensorProto.Builder initializer = TensorProto.newBuilder().setName(name).setDataType(Types.code(tensor.type()));
        for (long dim : tensor.shape()) initializer.addDims(dim);
        return initializer
                .setRawData(ByteString.copyFrom(tensor.data().duplicate().rewind()))
                .build();
    }

    private List<Splice> initializer(Field field) {
        TensorProto t = tensor(field);
        Tensor moved = tensors.get(t.getName());
        return moved == null ? embedded(field) : replaced(field, t, moved.data());
    }

    /** Other values for a tensor; only what differs changes where its values lie raw in the file. */
    private List<Splice> replaced(Field field, TensorProto t, ByteBuffer data) {
        List<Field> raw = Wire.fields(bytes, field.payload(), field.end()).stream()
                .filter(f -> f.number() == TensorProto.RAW_DATA_FIELD_NUMBER)
                .toList();
        if (!ExternalData.isExternal(t) && raw.size() == 1 && raw.get(0).size() == data.capacity())
            return differences(raw.get(0).payload(), data);
        return whole(field, TensorCodec.withValues(t, data).toByteArray());
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
        byte[] was = Arrays.copyOfRange(bytes, field.payload(), field.end());
        return relength(field, new ArrayList<>(List.of(new Splice(field.payload(), was, becomes, null))));
    }

    /** A tensor that stays; if its values lie outside they come in. */
    private List<Splice> embedded(Field field) {
        TensorProto t = tensor(field);
        if (!ExternalData.isExternal(t)) return List.of();
        ExternalData data = ExternalData.of(t, directory, "tensor '" + t.getName() + "'");
        byte[] was = Arrays.copyOfRange(bytes, field.payload(), field.end());
        byte[] becomes = Wire.join(
                TensorCodec.bare(t).build().toByteArray(),
                Wire.header(TensorProto.RAW_DATA_FIELD_NUMBER, Math.toIntExact(data.length())));
        return relength(field, new ArrayList<>(List.of(new Splice(field.payload(), was, becomes, data))));
    }

    private List<Splice> node(Field field) {
        NodeProto node = parse(field, NodeProto.parser()::parseFrom);
        Tensor moved = node.getOutputCount() == 0 ? null : tensors.get(node.getOutput(0));
        return relength(field, inside(field, f -> {
            if (f.number() != NodeProto.ATTRIBUTE_FIELD_NUMBER) return List.of();
            return moved == null ? attribute(f) : constant(f, moved.data());
        }));
    }

    private List<Splice> attribute(Field field) {
        return relength(field, inside(field, f -> switch (f.number()) {
            case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER -> embedded(f);
            case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER -> subgraph(f);
            default -> List.of();
        }));
    }

    private List<Splice> subgraph(Field field) {
        return relength(field, inside(field, f -> switch (f.number()) {
            case GraphProto.INITIALIZER_FIELD_NUMBER -> embedded(f);
            case GraphProto.NODE_FIELD_NUMBER ->
                relength(f, inside(f, a -> a.number() == NodeProto.ATTRIBUTE_FIELD_NUMBER ? attribute(a) : List.of()));
            default -> List.of();
        }));
    }

    /** An attribute of the Constant node that makes an ℵ tensor. */
    private List<Splice> constant(Field field, ByteBuffer data) {
        AttributeProto a = parse(field, AttributeProto.parser()::parseFrom);
        AttributeProto.Builder moved = a.toBuilder();
        switch (a.getName()) {
            case "value" -> {
                List<Field> t = Wire.fields(bytes, field.payload(), field.end()).stream()
                        .filter(f -> f.number() == AttributeProto.T_FIELD_NUMBER)
                        .toList();
                if (t.size() == 1) return relength(field, replaced(t.get(0), a.getT(), data));
                moved.setT(TensorCodec.withValues(a.getT(), data));
            }
            case "value_float" -> moved.setF(data.getFloat(0));
            case "value_int" -> moved.setI(data.getLong(0));
            case "value_floats" -> {
                for (int i = 0; i < a.getFloatsCount(); i++) moved.setFloats(i, data.getFloat(i * 4));
            }
            case "value_ints" -> {
                for (int i = 0; i < a.getIntsCount(); i++) moved.setInts(i, data.getLong(i * 8));
            }
            default -> {
                return List.of();
            }
        }
        byte[] becomes = moved.build().toByteArray();
        boolean same = Arrays.equals(becomes, 0, becomes.length, bytes, field.payload(), field.end());
        return same ? List.of() : whole(field, becomes);
    }

    private List<Splice> inside(Field message, Function<Field, List<Splice>> edit) {
        List<Splice> inner = new ArrayList<>();
        for (Field f : Wire.fields(bytes, message.payload(), message.end())) inner.addAll(edit.apply(f));
        return inner;
    }

    /** A message whose inside grew or shrank has another length before it. */
    private List<Splice> relength(Field message, List<Splice> inner) {
        long growth = Splice.growth(inner);
        if (growth == 0) return inner;
        byte[] was = Arrays.copyOfRange(bytes, message.length(), message.payload());
        List<Splice> all = new ArrayList<>();
        all.add(new Splice(message.length(), was, Wire.varint(Math.toIntExact(message.size() + growth)), null));
        all.addAll(inner);
        return all;
    }

    private TensorProto tensor(Field field) {
        return parse(field, TensorProto.parser()::parseFrom);
    }

    private interface Parse<T> {
        T from(CodedInputStream in) throws IOException;
    }

    private <T> T parse(Field field, Parse<T> parse) {
        try {
            return parse.from(Wire.stream(bytes, field));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes that parsed before", e);
        }
    }
}
