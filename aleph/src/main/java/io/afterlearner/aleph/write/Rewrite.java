package io.afterlearner.aleph.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.Site.Kind;
import io.afterlearner.aleph.write.Wire.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the places of a model file that must change so that its ℵ tensors hold other values and external data is embedded. It
 * visits each message that can hold a tensor; {@link NewBytes} computes how a tensor changes, and this class corrects the length of
 * every message around it. The file is never parsed and written anew, so anything an exporter put into it stays as it is.
 */
final class Rewrite {
    private final byte[] bytes;
    private final NewBytes newBytes;

    private Rewrite(Model model) {
        this.bytes = model.bytes();
        this.newBytes = new NewBytes(bytes, model.directory());
    }

    /** Splices of the shipped file, in order. */
    static List<Splice> of(Model model, Aleph aleph, Map<String, Tensor> tensors) {
        Rewrite rewrite = new Rewrite(model);
        byte[] defaults = defaults(aleph, tensors);
        List<Splice> splices = new ArrayList<>();
        for (Field graph : Wire.fields(rewrite.bytes, 0, rewrite.bytes.length)) {
            if (graph.number() != ModelProto.GRAPH_FIELD_NUMBER) continue;
            splices.addAll(rewrite.graph(graph, tensors, splices.isEmpty() ? defaults : new byte[0]));
        }
        return splices;
    }

    /** A graph input gets its value as default: it stays an input but need no longer be fed. */
    private static byte[] defaults(Aleph aleph, Map<String, Tensor> tensors) {
        byte[] added = {};
        for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
            if (aleph.site(e.getKey()).kind() != Kind.INPUT) continue;
            byte[] t = initializer(e.getKey(), e.getValue()).toByteArray();
            added = Wire.join(added, Wire.header(GraphProto.INITIALIZER_FIELD_NUMBER, t.length), t);
        }
        return added;
    }

    private static TensorProto initializer(String name, Tensor tensor) {
        TensorProto.Builder initializer = TensorProto.newBuilder().setName(name).setDataType(Types.code(tensor.type()));
        for (long dim : tensor.shape()) initializer.addDims(dim);
        return initializer
                .setRawData(ByteString.copyFrom(tensor.data().duplicate().rewind()))
                .build();
    }

    /** Visits a graph; a subgraph has no ℵ tensors of its own, whatever its names are. */
    private List<Splice> graph(Field graph, Map<String, Tensor> moved, byte[] appended) {
        List<Splice> inner = inside(graph, f -> switch (f.number()) {
            case GraphProto.INITIALIZER_FIELD_NUMBER -> resized(f, newBytes.initializer(f, moved));
            case GraphProto.NODE_FIELD_NUMBER -> resized(f, node(f, moved));
            default -> List.of();
        });
        if (appended.length > 0) inner.add(new Splice(graph.endOffset(), new byte[0], appended, null));
        return resized(graph, inner);
    }

    private List<Splice> node(Field node, Map<String, Tensor> moved) {
        Tensor tensor = moved.isEmpty() ? null : moved.get(Wire.text(bytes, node, NodeProto.OUTPUT_FIELD_NUMBER));
        return inside(node, f -> {
            if (f.number() != NodeProto.ATTRIBUTE_FIELD_NUMBER) return List.of();
            return resized(f, tensor == null ? attribute(f) : constant(f, tensor));
        });
    }

    private List<Splice> attribute(Field attribute) {
        return inside(attribute, f -> switch (f.number()) {
            case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER ->
                resized(f, newBytes.initializer(f, Map.of()));
            case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER -> graph(f, Map.of(), new byte[0]);
            default -> List.of();
        });
    }

    /** The attribute of a Constant node that holds an ℵ tensor. */
    private List<Splice> constant(Field attribute, Tensor tensor) {
        List<Field> values = Wire.fields(bytes, attribute, AttributeProto.T_FIELD_NUMBER);
        boolean isTensor =
                Wire.text(bytes, attribute, AttributeProto.NAME_FIELD_NUMBER).equals("value");
        if (!isTensor || values.size() != 1) return newBytes.constant(attribute, tensor.data());
        return resized(values.get(0), newBytes.tensor(values.get(0), tensor.data()));
    }

    private List<Splice> inside(Field message, Function<Field, List<Splice>> visit) {
        List<Splice> inner = new ArrayList<>();
        for (Field f : Wire.fields(bytes, message.payloadOffset(), message.endOffset())) inner.addAll(visit.apply(f));
        return inner;
    }

    /** Corrects the length in front of a message whose content grew or shrank. */
    private List<Splice> resized(Field message, List<Splice> inner) {
        long growth = Splice.growth(inner);
        if (growth == 0) return inner;
        byte[] was = Arrays.copyOfRange(bytes, message.lengthOffset(), message.payloadOffset());
        List<Splice> all = new ArrayList<>();
        all.add(new Splice(message.lengthOffset(), was, Wire.varint(Math.toIntExact(message.size() + growth)), null));
        all.addAll(inner);
        return all;
    }
}
