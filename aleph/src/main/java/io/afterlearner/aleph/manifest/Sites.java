package io.afterlearner.aleph.manifest;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Site.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds every tensor of a graph, and why it cannot be ℵ if it cannot. */
public final class Sites {
    /** By the operators' naming rules, shared by ONNX and ONNX Runtime's contributed operators. */
    private static final Pattern QUANTISED =
            Pattern.compile(".*Quantize.*|Dequantize.*|QLinear.*|.*Integer(ToFloat)?|.*NBits|.*Bnb4|.*QMoE.*");

    private static final Pattern QUANTISED_BY_MICROSOFT = Pattern.compile("QAttention|QGemm|QOrdered.*|QEmbed.*");

    private final Map<String, Site> sites = new LinkedHashMap<>();

    private Sites() {}

    /** By name: initializers, graph inputs, Constant nodes, then tensors of subgraphs (all rejected). */
    public static Map<String, Site> of(Graph graph) {
        Sites found = new Sites();
        for (TensorProto t : graph.initializers().values()) found.put(Site.of(t.getName(), Kind.INITIALIZER, t, null));
        for (ValueInfoProto input : graph.inputs().values()) found.addInput(input);
        for (NodeProto node : graph.nodes()) {
            TensorProto t = constant(node);
            if (t != null) found.put(Site.of(node.getOutput(0), Kind.CONSTANT, t, null));
        }
        found.refuseQuantised(graph);
        graph.nodes().forEach(found::addInner);
        return found.sites;
    }

    private void addInput(ValueInfoProto input) {
        ValueInfo info = ValueInfo.of(input);
        int code = input.getType().getTensorType().getElemType();
        Site site = new Site(info.name(), Kind.INPUT, code, info.shape(), null, null);
        if (!info.ranked() || site.elements() < 0)
            site = site.refused(
                    "is an input whose shape is not fixed, such as the data of a batch",
                    "only an input of fixed shape can be ℵ");
        if (site.elements() > Aleph.MAX_PARAMETERS)
            site = site.refused(
                    "is an input of " + site.elements() + " elements, over the limit of " + Aleph.MAX_PARAMETERS,
                    "choose a smaller tensor");
        put(site);
    }

    private void put(Site site) {
        if (Arrays.stream(site.shape()).anyMatch(dim -> dim == 0))
            site = site.refused("has no elements", "choose another tensor");
        if (Types.elementType(site.code()) == null || site.code() == DataType.BOOL_VALUE)
            site = site.refused(
                    "is " + Types.name(site.code()) + ", which cannot be ℵ", "export the model with float32 weights");
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
                                : site.refused(
                                        "belongs to the quantised operator " + node.getOpType(),
                                        "retrofit the model before it is quantised"));
        }
    }

    private static boolean isQuantised(NodeProto node) {
        return QUANTISED.matcher(node.getOpType()).matches()
                || (node.getDomain().equals("com.microsoft")
                        && QUANTISED_BY_MICROSOFT.matcher(node.getOpType()).matches());
    }

    /** Adds the tensors of a node's subgraphs, which cannot be ℵ. */
    private void addInner(NodeProto holder) {
        Refusal refusal = new Refusal(
                "is in the subgraph of " + Graph.name(holder), "export it as an initializer of the main graph");
        for (GraphProto graph : Graph.subgraphs(holder)) {
            for (TensorProto t : graph.getInitializerList())
                sites.putIfAbsent(t.getName(), Site.of(t.getName(), Kind.INITIALIZER, t, refusal));
            for (NodeProto node : graph.getNodeList()) {
                TensorProto t = constant(node);
                if (t != null)
                    sites.putIfAbsent(node.getOutput(0), Site.of(node.getOutput(0), Kind.CONSTANT, t, refusal));
                addInner(node);
            }
        }
    }

    /** The tensor of a Constant node, whichever attribute has it; null for strings and for other nodes. */
    private static @Nullable TensorProto constant(NodeProto node) {
        boolean onnx = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
        if (!onnx || !node.getOpType().equals("Constant") || node.getOutputCount() != 1) return null;
        for (AttributeProto a : node.getAttributeList()) {
            TensorProto.Builder floats = tensor(DataType.FLOAT_VALUE);
            TensorProto.Builder integers = tensor(DataType.INT64_VALUE);
            TensorProto found = switch (a.getName()) {
                case "value" -> a.getT();
                case "value_float" -> floats.addFloatData(a.getF()).build();
                case "value_int" -> integers.addInt64Data(a.getI()).build();
                case "value_floats" ->
                    floats.addDims(a.getFloatsCount())
                            .addAllFloatData(a.getFloatsList())
                            .build();
                case "value_ints" ->
                    integers.addDims(a.getIntsCount())
                            .addAllInt64Data(a.getIntsList())
                            .build();
                default -> null;
            };
            if (found != null) return found;
        }
        return null;
    }

    private static TensorProto.Builder tensor(int code) {
        return TensorProto.newBuilder().setDataType(code);
    }
}
