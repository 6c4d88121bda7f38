package io.afterlearner.feedback.shell.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.kafka.SafeText;
import java.io.IOException;

/** What Prometheus answers to a query for one number. */
sealed interface Answer {

    /** A finite number. */
    record Value(double value) implements Answer {}

    /** The query is fine, and there is no number: no series, or NaN, as for a quotient without requests. */
    record Empty(String why) implements Answer {}

    /** Prometheus answers, but not with one number. Another query may be answered. */
    record Refused(String why) implements Answer {}

    /** Nothing answers; neither would it answer another query. */
    record Unreachable(String why) implements Answer {}

    /** Maximum characters of what Prometheus says that are shown. */
    int MAX_SHOWN = 200;

    ObjectMapper JSON = new ObjectMapper();

    /** Reads an answer of the HTTP API. */
    static Answer of(int status, byte[] body) {
        JsonNode json = read(body);
        String error = json.path("error").asText("");
        if (status == 401 || status == 403) {
            return new Unreachable("Prometheus does not accept the credentials (" + status
                    + "); check afterlearner.feedback.prometheus-token-file");
        }
        if (json.path("status").asText("").equals("error") || status / 100 != 2) {
            String why = error.isEmpty() ? "status " + status : shown(error);
            boolean permanent = status == 400 || status == 422;
            return permanent
                    ? new Refused("Prometheus refuses the query: " + why + "; correct promql in a new study")
                    : new Unreachable("Prometheus answers " + why);
        }
        if (!json.path("status").asText("").equals("success")) {
            return new Unreachable("what answers is no Prometheus; check afterlearner.feedback.prometheus-url");
        }
        // Prometheus itself says that the value may lack data.
        JsonNode warnings = json.path("warnings");
        return warnings.isEmpty()
                ? result(json.path("data"))
                : new Refused("Prometheus warns: " + shown(warnings.toString()));
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? JSON.missingNode() : json;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static Answer result(JsonNode data) {
        JsonNode result = data.path("result");
        String type = data.path("resultType").asText("");
        if (type.equals("scalar")) {
            return number(result.path(1));
        }
        if (!type.equals("vector")) {
            return new Refused("the query answers with a " + shown(type) + "; it must answer with one number");
        }
        return switch (result.size()) {
            case 0 -> new Empty("the query finds no series");
            case 1 -> number(result.path(0).path("value").path(1));
            default ->
                new Refused("the query answers with " + result.size()
                        + " series; aggregate them, such as by sum(…) or avg(…)");
        };
    }

    private static Answer number(JsonNode text) {
        double value;
        try {
            value = Double.parseDouble(text.asText("").replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            return new Refused("the query answers with no number; it may not return histograms or text");
        }
        if (Double.isNaN(value)) {
            return new Empty("the query answers NaN");
        }
        return Double.isFinite(value)
                ? new Value(value)
                : new Refused("the query answers " + text.asText() + "; a value must be finite");
    }

    private static String shown(String text) {
        return SafeText.line(text, MAX_SHOWN);
    }
}
