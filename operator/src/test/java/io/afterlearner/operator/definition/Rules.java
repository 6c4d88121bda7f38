package io.afterlearner.operator.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.study.keys.StudyKey;
import io.afterlearner.study.keys.StudyKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a schema cannot say, in CEL, with the message of its refusal. */
final class Rules {
    /** By path of the key. */
    static final Map<String, Map<String, String>> AT = Map.of(
            "aleph[]",
            Map.of(
                    "!(has(self.range) && has(self.choices))",
                    "range cannot be combined with choices; keep one of the two",
                    "!has(self.axis) || !has(self.per) || self.per == 'channel'",
                    "axis is for per: channel only; omit it",
                    "!has(self.log) || !self.log || !has(self.range) || self.range[0] > 0.0",
                    "range must begin above 0 because log is true"),
            "aleph[].range",
            Map.of("self[0] < self[1]", "must be [low, high] with low below high"),
            "online.metric.range",
            Map.of("self[0] < self[1]", "must be [low, high] with low below high"),
            "online.guardrails[].metric.range",
            Map.of("self[0] < self[1]", "must be [low, high] with low below high"),
            "online.telemetry[]",
            Map.of(
                    "!(has(self.token) && has(self.candidate))",
                    "token cannot be combined with candidate; keep one of the two",
                    "(self.format == 'avro') == has(self.schema)",
                    "schema is required for format: avro, and only for it"),
            "online",
            Map.of("self.explore + self.control < 1.0", "explore + control must be below 1"));

    /** Of the spec. */
    static final Map<String, String> SPEC = ordered(
            "has(self.data) != has(self.online)",
            "give data and loss, or online, where users are the loss",
            "has(self.data) == has(self.loss)",
            "data needs a loss, and online has none",
            "!has(self.online) || !has(self.evaluation) || !(has(self.evaluation.pool) || has(self.evaluation.batch)"
                    + " || has(self.evaluation.axes) || has(self.evaluation.minimumGain))",
            "evaluation.pool, batch, axes and minimumGain are not for an online study; omit them");

    private static final String BEFORE = "!has(oldSelf.status) || !has(oldSelf.status.study) || ";

    private static final String FIXED = " cannot be changed once the study is created; create another Study";

    private Rules() {}

    /**
     * Of the whole object: what cannot be changed once the optimizer has the study. Comparing whole lists and mappings would cost more than
     * a server allows; the operator compares all keys, and says so in a condition.
     */
    static Map<String, String> changes() {
        Map<String, String> rules = new LinkedHashMap<>();
        for (String path : List.of("model.uri", "data.search.uri", "data.test.uri", "loss.type", "evaluation.pool")) {
            fixed(rules, path);
        }
        StudyKeys.all().stream()
                .filter(key -> key.path().matches("optimizer\\.[a-zA-Z]+"))
                .filter(key ->
                        !List.of("optimizer.budget", "optimizer.warmStart").contains(key.path()))
                .forEach(key -> fixed(rules, key.path()));
        for (String section : List.of("data", "online")) {
            rules.put(
                    BEFORE + "has(self.spec." + section + ") == has(oldSelf.spec." + section + ")",
                    "spec." + section + FIXED);
        }
        rules.put(BEFORE + "size(self.spec.aleph) == size(oldSelf.spec.aleph)", "spec.aleph" + FIXED);
        String budget =
                ".spec.?optimizer.?budget.orValue(" + key("optimizer.budget").value() + ")";
        rules.put(
                BEFORE + "self" + budget + " >= oldSelf" + budget,
                "spec.optimizer.budget can only grow once the study is created");
        return rules;
    }

    /** Written so that the server can bound its cost: it knows the size of a field, and not of an optional value. */
    private static void fixed(Map<String, String> rules, String path) {
        String there = has("self", path);
        rules.put(
                BEFORE + "((" + there + ") == (" + has("oldSelf", path) + ") && (!(" + there + ") || self.spec." + path
                        + " == oldSelf.spec." + path + "))",
                "spec." + path + FIXED);
    }

    private static String has(String object, String path) {
        StringBuilder steps = new StringBuilder(object + ".spec");
        List<String> all = new ArrayList<>();
        for (String step : path.split("\\.", -1)) {
            steps.append('.').append(step);
            all.add("has(" + steps + ")");
        }
        return String.join(" && ", all);
    }

    private static StudyKey key(String path) {
        return StudyKeys.all().stream()
                .filter(key -> key.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    static void add(ObjectNode schema, Map<String, String> rules) {
        if (rules.isEmpty()) {
            return;
        }
        ArrayNode list = schema.putArray("x-kubernetes-validations");
        rules.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(rule -> list.addObject().put("rule", rule.getKey()).put("message", rule.getValue()));
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            rules.put(pairs[i], pairs[i + 1]);
        }
        return rules;
    }
}
