package io.afterlearner.aleph.manifest;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.graph.ValueInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds every tensor of a graph that could be ℵ, and for each of the others the reason why not. */
public final class Sites {
    private final Map<String, Site> sites = new LinkedHashMap<>();

    private Sites() {}

    /** By name: initializers, graph inputs, Constant nodes, then tensors of subgraphs (all rejected). */
    public static Map<String, Site> of(Graph graph) {
        Sites found = new Sites();
        for (TensorProto t : graph.initializers().values()) found.add(t.getName(), Kind.INITIALIZER, t);
        for (ValueInfoProto input : graph.inputs().values()) found.addInput(input);
        for (NodeProto node : graph.nodes())
            constant(node).ifPresent(t -> found.add(node.getOutput(0), Kind.CONSTANT, t));
        found.refuseQuantised(graph);
        for (NodeProto node : graph.nodes())
            for (AttributeProto a : node.getAttributeList()) {
                if (a.hasG()) found.addInner(a.getG(), node);
                for (GraphProto g : a.getGraphsList()) found.addInner(g, node);
            }
        return found.sites;
    }

    private void add(String name, Kind kind, TensorProto t) {
        long[] shape = t.getDimsList().stream().mapToLong(Long::longValue).toArray();
        put(new Site(name, kind, t.getDataType(), shape, t, null));
    }

    private void addInput(ValueInfoProto input) {
        ValueInfo info = ValueInfo.of(input);
        int code = input.getType().getTensorType().getElemType();
        Site site = new Site(info.name(), Kind.INPUT, code, info.shape(), null, null);
        if (!info.ranked()) site = site.refused("has no declared shape: only an input of fixed shape can be ℵ");
        for (long dim : info.shape())
            if (dim < 0) site = site.refused("has a dynamic dimension: only an input of fixed shape can be ℵ");
        if (site.elements() > Aleph.MAX_PARAMETERS)
            site = site.refused("is an input of " + site.elements() + " elements, over the limit of "
                    + Aleph.MAX_PARAMETERS + ": only a smaller one can be ℵ");
        put(site);
    }

    private void put(Site site) {
        boolean empty = false;
        for (long dim : site.shape()) empty |= dim == 0;
        if (empty) site = site.refused("has no elements");
        if (Types.elementType(site.code()) == null || site.code() == DataType.BOOL_VALUE)
            site = site.refused(
                    "is " + Types.name(site.code()) + ", which cannot be ℵ: export the model with float32 weights");
        sites.put(site.name(), site);
    }

    private void refuseQuantised(Graph graph) {
        for (int i = 0; i < graph.nodes().size(); i++) {
            NodeProto node = graph.nodes().get(i);
            if (!isQuantised(node)) continue;
            for (String read : graph.reads().get(i))
                sites.computeIfPresent(
                        read,
                        (name, site) -> site.kind() == Kind.INPUT
                                ? site
                                : site.refused("belongs to the quantised operator " + node.getOpType()
                                        + ": retrofit the model before it is quantised"));
        }
    }

    /** By the operators' naming rules, shared by ONNX and ONNX Runtime's contributed operators. */
    private static boolean isQuantised(NodeProto node) {
        String op = node.getOpType();
        return op.contains("Quantize") // QuantizeLinear, DynamicQuantize…
                || op.startsWith("Dequantize")
                || op.startsWith("QLinear")
                || op.endsWith("Integer")
                || op.endsWith("IntegerToFloat")
                || op.endsWith("NBits")
                || op.endsWith("Bnb4")
                || op.contains("QMoE")
                || (node.getDomain().equals("com.microsoft")
                        && (op.equals("QAttention")
                                || op.equals("QGemm")
                                || op.startsWith("QOrdered")
                                || op.startsWith("QEmbed")));
    }

    private void addInner(GraphProto graph, NodeProto holder) {
        String reason =
                "lies in the subgraph of " + Graph.name(holder) + ": export it as an initializer of the main graph";
        for (TensorProto t : graph.getInitializerList()) addInner(t.getName(), Kind.INITIALIZER, t, reason);
        for (NodeProto node : graph.getNodeList()) {
            constant(node).ifPresent(t -> addInner(node.getOutput(0), Kind.CONSTANT, t, reason));
            for (AttributeProto a : node.getAttributeList()) {
                if (a.hasG()) addInner(a.getG(), node);
                for (GraphProto g : a.getGraphsList()) addInner(g, node);
            }
        }
    }

    private void addInner(String name, Kind kind, TensorProto t, String reason) {
        long[] shape = t.getDimsList().stream().mapToLong(Long::longValue).toArray();
        sites.putIfAbsent(name, new Site(name, kind, t.getDataType(), shape, t, reason));
    }

    /** The tensor of a Constant node, whichever attribute holds it; empty for strings and for other nodes. */
    static Optional<TensorProto> constant(NodeProto node) {
        if (!node.getOpType().equals("Constant") || !isOnnx(node.getDomain()) || node.getOutputCount() != 1)
            return Optional.empty();
        for (AttributeProto a : node.getAttributeList()) {
            switch (a.getName()) {
                case "value" -> {
                    return Optional.of(a.getT());
                }
                case "value_float" -> {
                    return Optional.of(
                            tensor(DataType.FLOAT_VALUE).addFloatData(a.getF()).build());
                }
                case "value_int" -> {
                    return Optional.of(
                            tensor(DataType.INT64_VALUE).addInt64Data(a.getI()).build());
                }
                case "value_floats" -> {
                    return Optional.of(tensor(DataType.FLOAT_VALUE)
                            .addDims(a.getFloatsCount())
                            .addAllFloatData(a.getFloatsList())
                            .build());
                }
                case "value_ints" -> {
                    return Optional.of(tensor(DataType.INT64_VALUE)
                            .addDims(a.getIntsCount())
                            .addAllInt64Data(a.getIntsList())
                            .build());
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    public static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private static TensorProto.Builder tensor(int code) {
        return TensorProto.newBuilder().setDataType(code);
    }
}
