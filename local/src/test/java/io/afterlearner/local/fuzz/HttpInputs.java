package io.afterlearner.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.local.fuzz.FuzzedServices.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests to every endpoint of the services. None is a valid command to a valid study. */
final class HttpInputs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READS = List.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "BREW", "get");
    private static final List<String> ACTIONS =
            List.of("PAUSE", "RESUME", "STOP", "EXTEND", "SUGGEST", "REVERT", "CENTRE", "REOPEN", "APPROVE", "UNKNOWN");

    private final Random random;
    private final HostileValues hostile;
    private final JsonInputs json;
    private final HttpText text;
    private final Samples samples;
    private final String unique;

    /** @param unique part of the names of studies that requests create */
    HttpInputs(Random random, Samples samples, String unique) {
        this.random = random;
        this.hostile = new HostileValues(random);
        this.json = new JsonInputs(random);
        this.text = new HttpText(random, hostile);
        this.samples = samples;
        this.unique = unique;
    }

    HttpInput next() throws IOException {
        return switch (random.nextInt(10)) {
            case 0, 1 -> read();
            case 2 -> anyMethod();
            case 3, 4 -> spec();
            case 5 -> command();
            case 6, 7 -> report();
            case 8 -> assignment();
            default -> malformed();
        };
    }

    /** Only reads may name a valid study. */
    private HttpInput read() {
        Service service = any(List.of(Service.values()));
        String study = random.nextBoolean() ? any(samples.studies()) : stranger();
        String path = any(text.paths(service, study));
        byte[] request = text.request(any(READS), path, random.nextInt(4) == 0 ? json.body() : new byte[0], false);
        return input("read", service, request, true, null);
    }

    private HttpInput anyMethod() {
        Service service = any(List.of(Service.values()));
        String path = any(text.paths(service, stranger()));
        return input("any method", service, text.request(any(METHODS), path, json.body(), false), true, null);
    }

    private HttpInput spec() throws IOException {
        String study = "fuzz-" + unique;
        ObjectNode valid = (ObjectNode) JSON.readTree(random.nextInt(3) == 0 ? samples.online() : samples.search());
        valid.put("study", study);
        JsonNode spoilt = random.nextInt(10) == 0 ? valid : json.spoilt(valid);
        // A copy that names another study is one of that study.
        String created = spoilt.path("study").isTextual() ? spoilt.get("study").asText() : null;
        return post("spec", Service.OPTIMIZER, "/v1/studies", spoilt, created);
    }

    private HttpInput command() throws IOException {
        JsonNode valid = JSON.createObjectNode()
                .put("action", any(ACTIONS))
                .put("id", unique)
                .put("budget", 10)
                .put("reason", "why")
                .put("by", "fuzz")
                .set("values", JSON.createArrayNode().add(0.5).add(0.5));
        return post("command", Service.OPTIMIZER, "/v1/studies/" + stranger() + "/commands", json.spoilt(valid), null);
    }

    /** Half of them with the token of an assignment in a study that nobody counts. */
    private HttpInput report() {
        ObjectNode valid = JSON.createObjectNode()
                .put("token", random.nextBoolean() ? samples.token() : hostile.text())
                .put("metric", "click")
                .put("value", 1)
                .put("id", unique)
                .put("atMillis", System.currentTimeMillis());
        JsonNode one = random.nextInt(10) == 0 ? valid : json.spoilt(valid);
        JsonNode body =
                random.nextInt(3) == 0 ? JSON.createArrayNode().add(valid).add(one) : one;
        return post("report", Service.FEEDBACK, "/v1/feedback", body, null);
    }

    private HttpInput assignment() {
        JsonNode valid = JSON.createObjectNode().put("unit", "unit-" + unique);
        boolean revert = random.nextInt(4) == 0;
        String study = revert || random.nextBoolean() ? stranger() : samples.uncounted();
        String path = "/v1/studies/" + study + (revert ? "/revert" : "/assignments");
        return post("assignment", Service.FEEDBACK, path, json.spoilt(valid), null);
    }

    private HttpInput post(String kind, Service service, String path, JsonNode body, @Nullable String study) {
        byte[] bytes = random.nextInt(20) == 0 ? json.body() : JsonInputs.written(body);
        return input(kind, service, text.request("POST", path, bytes, random.nextInt(5) != 0), true, study);
    }

    private HttpInput malformed() {
        Service service = any(List.of(Service.values()));
        return input("malformed HTTP", service, text.malformed(any(text.paths(service, stranger()))), false, null);
    }

    private HttpInput input(String kind, Service service, byte[] request, boolean whole, @Nullable String study) {
        List<String> kinds = new ArrayList<>(List.of("http: " + kind, "to " + service));
        boolean slow = random.nextInt(100) == 0;
        if (slow) {
            kinds.add("http: slow");
        }
        return new HttpInput(kinds, service, request, slow ? 5 : 1, whole, study);
    }

    private String stranger() {
        return random.nextInt(3) == 0 ? "nobody" : text.encoded(hostile.text());
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
