package io.afterlearner.aleph.manifest;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Graph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why a model has nothing that a study can move. */
public final class Unusable {
    /** Operators of trees and linear models, which keep their numbers in attributes. */
    private static final String ML = "ai.onnx.ml";

    private Unusable() {}

    /** One sentence; null if the graph has a tensor that can be ℵ. */
    public static @Nullable Refusal of(Graph graph) {
        Collection<Site> sites = Sites.of(graph).values();
        if (sites.stream().anyMatch(site -> site.refusal() == null)) return null;
        List<String> reasons = new ArrayList<>();
        TreeSet<String> learned = new TreeSet<>();
        for (NodeProto node : graph.nodes()) if (node.getDomain().equals(ML)) learned.add(node.getOpType());
        if (!learned.isEmpty())
            reasons.add("the numbers of its " + ML + " operators (" + String.join(", ", learned)
                    + ") are attributes, and only tensors can be ℵ");
        reasons.addAll(refusals(sites));
        if (reasons.isEmpty()) reasons.add("it has none of its own");
        return new Refusal(
                "none of the model's tensors can be ℵ: " + String.join("; ", reasons),
                learned.isEmpty() ? "" : "export the model with its weights as float32 initializers");
    }

    /** The commonest reasons first, each with one tensor as example. */
    private static List<String> refusals(Collection<Site> sites) {
        Map<Refusal, List<String>> byReason = new LinkedHashMap<>();
        for (Site site : sites) {
            Refusal refusal = site.refusal();
            if (refusal != null && site.kind() != Site.Kind.INPUT)
                byReason.computeIfAbsent(refusal, reason -> new ArrayList<>()).add(site.name());
        }
        return byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        (Map.Entry<Refusal, List<String>> e) -> -e.getValue().size()))
                .limit(3)
                .map(e -> "'" + e.getValue().get(0) + "'" + others(e.getValue().size() - 1) + " " + e.getKey())
                .toList();
    }

    private static String others(int count) {
        return count == 0 ? "" : count == 1 ? " and 1 other:" : " and " + count + " others:";
    }
}
