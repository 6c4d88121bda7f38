package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.aleph.AlephException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The main graph, ready to be cut: every value is made before it is read.
 *
 * @param nodes in topological order
 * @param reads what each node reads, including names that its subgraphs capture; in the order of nodes
 * @param initializers by name, including those that are also graph inputs
 * @param inputs graph inputs without an initializer, by name
 * @param outputs graph outputs
 */
public record Graph(
        List<NodeProto> nodes,
        List<Set<String>> reads,
        Map<String, TensorProto> initializers,
        Map<String, ValueInfoProto> inputs,
        List<ValueInfoProto> outputs) {

    public static Graph of(GraphProto proto) {
        Map<String, TensorProto> initializers = new LinkedHashMap<>();
        for (TensorProto t : proto.getInitializerList())
            if (initializers.put(t.getName(), t) != null) throw twice(t.getName());
        Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();
        for (ValueInfoProto input : proto.getInputList())
            if (!initializers.containsKey(input.getName()) && inputs.put(input.getName(), input) != null)
                throw twice(input.getName());
        Map<String, Integer> makers = makers(proto, initializers, inputs);
        List<Set<String>> reads = new ArrayList<>();
        for (NodeProto node : proto.getNodeList()) reads.add(reads(node));
        List<NodeProto> nodes = new ArrayList<>();
        List<Set<String>> sorted = new ArrayList<>();
        for (int i : order(proto, reads, makers)) {
            nodes.add(proto.getNode(i));
            sorted.add(reads.get(i));
        }
        Graph graph = new Graph(nodes, sorted, initializers, inputs, proto.getOutputList());
        graph.checkNames(makers.keySet());
        return graph;
    }

    public static String name(NodeProto node) {
        return "node '" + (node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName())
                + "' (" + node.getOpType() + ")";
    }

    private static AlephException twice(String name) {
        return damaged("'" + name + "' is defined twice");
    }

    private static AlephException damaged(String problem) {
        return new AlephException(problem + ", so the model is damaged", "export it again");
    }

    private static Map<String, Integer> makers(GraphProto proto, Map<String, ?> initializers, Map<String, ?> inputs) {
        Map<String, Integer> makers = new LinkedHashMap<>();
        for (int i = 0; i < proto.getNodeCount(); i++)
            for (String output : proto.getNode(i).getOutputList()) {
                if (output.isEmpty()) continue;
                if (makers.put(output, i) != null || initializers.containsKey(output) || inputs.containsKey(output))
                    throw twice(output);
            }
        return makers;
    }

    private void checkNames(Set<String> made) {
        Set<String> known = new HashSet<>(made);
        known.addAll(initializers.keySet());
        known.addAll(inputs.keySet());
        for (int i = 0; i < nodes.size(); i++)
            for (String read : reads.get(i))
                if (!known.contains(read))
                    throw damaged(name(nodes.get(i)) + " reads '" + read + "', which nothing in the graph defines");
        if (outputs.isEmpty()) throw damaged("the graph has no output");
        for (ValueInfoProto output : outputs)
            if (!known.contains(output.getName()))
                throw damaged("nothing in the graph defines the output '" + output.getName() + "'");
    }

    /** The names that a node reads from the graph around it. */
    static Set<String> reads(NodeProto node) {
        Set<String> reads = new LinkedHashSet<>();
        for (String input : node.getInputList()) if (!input.isEmpty()) reads.add(input);
        for (GraphProto g : subgraphs(node)) reads.addAll(captured(g));
        return reads;
    }

    /** The graphs that a node's attributes hold. */
    public static List<GraphProto> subgraphs(NodeProto node) {
        List<GraphProto> graphs = new ArrayList<>();
        for (AttributeProto a : node.getAttributeList()) {
            if (a.hasG()) graphs.add(a.getG());
            graphs.addAll(a.getGraphsList());
        }
        return graphs;
    }

    private static Set<String> captured(GraphProto g) {
        Set<String> own = new HashSet<>();
        for (ValueInfoProto input : g.getInputList()) own.add(input.getName());
        for (TensorProto t : g.getInitializerList()) own.add(t.getName());
        for (NodeProto node : g.getNodeList()) own.addAll(node.getOutputList());
        Set<String> captured = new LinkedHashSet<>();
        for (NodeProto node : g.getNodeList()) captured.addAll(reads(node));
        for (ValueInfoProto output : g.getOutputList()) captured.add(output.getName());
        captured.removeAll(own);
        return captured;
    }

    /**
     * Sorts the nodes topologically: each comes after the nodes that it reads from. Keeps the file's order if it is topological, which
     * ONNX requires. Depth first with a stack of its own, because deep graphs would overflow the call stack.
     */
    private static List<Integer> order(GraphProto proto, List<Set<String>> reads, Map<String, Integer> makers) {
        List<Integer> order = new ArrayList<>();
        int[] state = new int[reads.size()];
        Deque<Integer> stack = new ArrayDeque<>();
        for (int root = 0; root < state.length; root++) {
            stack.push(root);
            while (!stack.isEmpty()) {
                int node = stack.element();
                if (state[node] == 0) {
                    state[node] = 1;
                    List<String> backwards = new ArrayList<>(reads.get(node));
                    Collections.reverse(backwards);
                    for (String read : backwards) {
                        Integer maker = makers.get(read);
                        if (maker == null || state[maker] == 2) continue;
                        if (state[maker] == 1) throw damaged(name(proto.getNode(node)) + " depends on itself");
                        stack.push(maker);
                    }
                } else {
                    stack.pop();
                    if (state[node] == 1) order.add(node);
                    state[node] = 2;
                }
            }
        }
        return order;
    }
}
