package io.afterlearner.k8s.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/** A selector of Kubernetes: labels, and expressions with {@code In}. */
public record LabelSelector(JsonNode tree) {

    public boolean matches(Map<String, String> labels) {
        return labels.entrySet().containsAll(required().entrySet())
                && expressions().allMatch(expression -> isIn(expression, labels));
    }

    private Map<String, String> required() {
        return Manifest.strings(tree.path("matchLabels"));
    }

    private Stream<JsonNode> expressions() {
        return Manifest.elements(tree.path("matchExpressions"));
    }

    private static boolean isIn(JsonNode expression, Map<String, String> labels) {
        if (!expression.path("operator").asText().equals("In")) {
            throw new IllegalArgumentException("only the operator In can be checked: " + expression);
        }
        String value = labels.get(expression.path("key").asText());
        return Manifest.elements(expression.path("values"))
                .anyMatch(wanted -> wanted.asText().equals(value));
    }

    /** Whether pods outside the overlay are meant, which carry a label by which they ask for access. */
    public boolean isOfUsers() {
        return required().keySet().stream().allMatch(label -> label.startsWith("afterlearner.io/uses"))
                && !required().isEmpty();
    }

    /** The values that an expression lists and that no pod has. */
    public Stream<String> unused(Stream<Map<String, String>> pods) {
        var all = pods.toList();
        return expressions()
                .flatMap(expression -> Manifest.elements(expression.path("values"))
                        .map(JsonNode::asText)
                        .filter(value -> all.stream()
                                .noneMatch(labels -> value.equals(
                                        labels.get(expression.path("key").asText())))));
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
