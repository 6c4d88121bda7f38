package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cut of a graph: each node belongs to one part. One pass finds it because nodes are in topological order.
 *
 * @param parts each node's part, in the graph's order
 * @param values the part of each name that is not CONSTANT
 */
public record Cut(Part[] parts, Map<String, Part> values) {

    /** What a node depends on. */
    public enum Part {
        /** On neither data nor ℵ: copied into each part that reads it. */
        CONSTANT,
        /** On data but not on ℵ: runs once per example. */
        PREFIX,
        /** On ℵ: runs once per candidate. */
        SUFFIX
    }

    /** Random operators: even if they read no data, their value must be drawn once, not once in each part. */
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli");

    /**
     * Cuts the graph.
     *
     * @param aleph names of the ℵ tensors
     * @param late names that may not be on the frontier: the nodes that make them run per candidate too
     */
    public static Cut of(Graph graph, Set<String> aleph, Set<String> late) {
        Map<String, Part> values = new HashMap<>();
        for (String input : graph.inputs().keySet()) values.put(input, Part.PREFIX);
        for (String name : aleph) values.put(name, Part.SUFFIX);
        Part[] parts = new Part[graph.nodes().size()];
        for (int i = 0; i < parts.length; i++) {
            NodeProto node = graph.nodes().get(i);
            // The node of a promoted Constant does not run.
            if (node.getOutputList().stream().anyMatch(aleph::contains)) {
                parts[i] = Part.CONSTANT;
                continue;
            }
            parts[i] = part(node, graph.reads().get(i), values, late);
            if (parts[i] != Part.CONSTANT) for (String output : node.getOutputList()) values.put(output, parts[i]);
        }
        return new Cut(parts, values);
    }

    private static Part part(NodeProto node, Set<String> reads, Map<String, Part> values, Set<String> late) {
        Part part = RANDOM.contains(node.getOpType()) ? Part.PREFIX : Part.CONSTANT;
        for (String read : reads) {
            Part of = values.getOrDefault(read, Part.CONSTANT);
            if (of.compareTo(part) > 0) part = of;
        }
        return part == Part.PREFIX && node.getOutputList().stream().anyMatch(late::contains) ? Part.SUFFIX : part;
    }

    public Part part(String name) {
        return values.getOrDefault(name, Part.CONSTANT);
    }

    /**
     * The nodes of one part, with the constants they read, that lead to some names.
     *
     * @param nodes to keep, in order
     * @param open names they read but do not make: initializers, inputs, ℵ, and values of the other part
     */
    public record Piece(List<NodeProto> nodes, Set<String> open) {}

    public Piece piece(Graph graph, Part part, List<String> wanted, Set<String> aleph) {
        Set<String> needed = new LinkedHashSet<>(wanted);
        List<NodeProto> kept = new ArrayList<>();
        for (int i = parts.length - 1; i >= 0; i--) {
            NodeProto node = graph.nodes().get(i);
            if (parts[i] != part && parts[i] != Part.CONSTANT) continue;
            if (node.getOutputList().stream().noneMatch(o -> needed.contains(o) && !aleph.contains(o))) continue;
            kept.add(node);
            node.getOutputList().forEach(needed::remove);
            needed.addAll(graph.reads().get(i));
        }
        Collections.reverse(kept);
        return new Piece(kept, needed);
    }

    /** The graph outputs that this part makes. */
    public List<String> outputs(Graph graph, Part part) {
        return graph.outputs().stream()
                .map(ValueInfoProto::getName)
                .filter(o -> part(o) == part)
                .toList();
    }
}
