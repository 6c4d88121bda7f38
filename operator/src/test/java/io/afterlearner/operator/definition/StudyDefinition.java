package io.afterlearner.operator.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.operator.resource.Desired;
import io.afterlearner.operator.resource.Study;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The custom resource definition of {@code kind: Study}. */
final class StudyDefinition {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String HEAD = """
        # Made from study-keys.csv and the operator's status by StudyDefinitionTest; ./mvnw -pl operator -am test
        # -Dtest=StudyDefinitionTest -Dsurefire.failIfNoSpecifiedTests=false -Dafterlearner.write=true writes it anew.
        """;

    private StudyDefinition() {}

    static String yaml() {
        return HEAD + Serialization.asYaml(definition()).replaceFirst("^---\n", "");
    }

    private static ObjectNode definition() {
        ObjectNode crd = JSON.objectNode();
        crd.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        crd.putObject("metadata").put("name", "studies." + Study.GROUP);
        ObjectNode spec = crd.putObject("spec");
        spec.put("group", Study.GROUP).put("scope", "Namespaced");
        ObjectNode names = spec.putObject("names");
        names.put("kind", "Study")
                .put("listKind", "StudyList")
                .put("plural", "studies")
                .put("singular", "study");
        names.putArray("shortNames").add("als");
        names.putArray("categories").add("afterlearner");
        spec.putArray("versions").add(version());
        return crd;
    }

    private static ObjectNode version() {
        ObjectNode version = JSON.objectNode();
        version.put("name", Study.VERSION).put("served", true).put("storage", true);
        version.putObject("subresources").putObject("status");
        version.set("additionalPrinterColumns", columns());
        version.putObject("schema").set("openAPIV3Schema", schema());
        return version;
    }

    private static ArrayNode columns() {
        ArrayNode columns = JSON.arrayNode();
        column(columns, "Phase", "string", ".status.phase", 0);
        column(columns, "Scored", "string", ".status.figures.progress", 0);
        column(columns, "Baseline", "number", ".status.figures.baselineLoss", 0);
        column(columns, "Best", "number", ".status.figures.bestLoss", 0);
        column(columns, "Verdict", "string", ".status.verdict.outcome", 0);
        column(columns, "Age", "date", ".metadata.creationTimestamp", 0);
        column(columns, "Champion", "integer", ".status.champion", 1);
        column(columns, "Study", "string", ".status.study", 1);
        column(columns, "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 1);
        return columns;
    }

    private static void column(ArrayNode columns, String name, String type, String path, int priority) {
        ObjectNode column = columns.addObject();
        column.put("name", name).put("type", type).put("jsonPath", path);
        if (priority > 0) {
            column.put("priority", priority);
        }
    }

    private static ObjectNode schema() {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        schema.put("description", "A study improves parameters of a trained model: those that spec.aleph names.");
        schema.putArray("required").add("spec");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("type", "object");
        properties.set("spec", spec());
        properties.set("status", StatusSchema.status());
        Rules.add(schema, Rules.changes());
        return schema;
    }

    private static ObjectNode spec() {
        ObjectNode spec = KeySchema.spec();
        spec.put("description", "The keys of a study.yaml without name, and two more: suspend and output.");
        ObjectNode properties = (ObjectNode) spec.path("properties");
        properties
                .putObject(Desired.SUSPEND)
                .put("description", "true pauses the study, false resumes it.")
                .put("type", "boolean");
        ObjectNode output = properties.putObject(Desired.OUTPUT);
        output.put("description", "Where the result is written when the study is over.")
                .put("type", "object");
        output.putArray("required").add("uri");
        output.putObject("properties")
                .putObject("uri")
                .put("type", "string")
                .put("maxLength", 1024)
                .put("pattern", "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$")
                .put("description", "s3://BUCKET/PREFIX, below one of the operator's output prefixes.");
        Rules.add(spec, Rules.SPEC);
        return spec;
    }
}
