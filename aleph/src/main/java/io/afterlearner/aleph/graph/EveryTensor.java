package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.afterlearner.aleph.AlephException;

/** Visits each tensor of a graph, of its nodes' attributes and of its subgraphs, and replaces those that the step changes. */
@SuppressWarnings("ReferenceEquality") // The same object means unchanged; comparing contents would read every weight.
final class EveryTensor {
    /** The replacement of one tensor; the same object if it stays. */
    interface Step {
        TensorProto apply(TensorProto tensor, String what);
    }

    private EveryTensor() {}

    static GraphProto map(GraphProto graph, Step step) {
        if (graph.getSparseInitializerCount() > 0)
            throw new AlephException("graph '" + graph.getName()
                    + "' has sparse initializers, which are not supported: export it with dense ones");
        GraphProto.Builder mapped = null;
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto t = graph.getInitializer(i);
            TensorProto m = step.apply(t, "tensor '" + t.getName() + "'");
            if (m != t) mapped = (mapped == null ? graph.toBuilder() : mapped).setInitializer(i, m);
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto n = graph.getNode(i);
            NodeProto m = map(n, step);
            if (m != n) mapped = (mapped == null ? graph.toBuilder() : mapped).setNode(i, m);
        }
        return mapped == null ? graph : mapped.build();
    }

    private static NodeProto map(NodeProto node, Step step) {
        NodeProto.Builder mapped = null;
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto a = node.getAttribute(i);
            AttributeProto m = map(a, step, node);
            if (m != a) mapped = (mapped == null ? node.toBuilder() : mapped).setAttribute(i, m);
        }
        return mapped == null ? node : mapped.build();
    }

    private static AttributeProto map(AttributeProto a, Step step, NodeProto node) {
        String what = "attribute " + a.getName() + " of " + Graph.name(node);
        if (a.hasSparseTensor() || a.getSparseTensorsCount() > 0)
            throw new AlephException(what + " is sparse, which is not supported: export it dense");
        AttributeProto.Builder mapped = null;
        if (a.hasT()) {
            TensorProto m = step.apply(a.getT(), what);
            if (m != a.getT()) mapped = a.toBuilder().setT(m);
        }
        if (a.hasG()) {
            GraphProto m = map(a.getG(), step);
            if (m != a.getG()) mapped = (mapped == null ? a.toBuilder() : mapped).setG(m);
        }
        for (int i = 0; i < a.getTensorsCount(); i++) {
            TensorProto m = step.apply(a.getTensors(i), what);
            if (m != a.getTensors(i)) mapped = (mapped == null ? a.toBuilder() : mapped).setTensors(i, m);
        }
        for (int i = 0; i < a.getGraphsCount(); i++) {
            GraphProto m = map(a.getGraphs(i), step);
            if (m != a.getGraphs(i)) mapped = (mapped == null ? a.toBuilder() : mapped).setGraphs(i, m);
        }
        return mapped == null ? a : mapped.build();
    }
}
