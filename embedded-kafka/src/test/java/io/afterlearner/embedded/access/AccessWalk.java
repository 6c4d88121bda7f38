package io.afterlearner.embedded.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls every request that docs/security.md lists for a service with the key of every role. The document must list each
 * operation of the service's OpenAPI document, so that a new one without a role fails.
 *
 * @param keys a key of each role for all studies, by role
 * @param limited a key of an admin for the studies {@code a-*}
 */
public record AccessWalk(ServiceProcess service, String name, Map<String, String> keys, String limited) {
    private static final Pattern ROW = Pattern.compile("\\| ([a-z, ]+) \\| `([A-Z]+) (/[^`]*)` \\| ([a-z]+) \\|.*");
    private static final Map<String, Set<String>> SUFFICIENT = Map.of(
            "viewer", Set.of("viewer", "operator", "admin"),
            "application", Set.of("application", "admin"),
            "operator", Set.of("operator", "admin"),
            "admin", Set.of("admin"));
    private static final String OPEN = "open";

    /** A method and a path. */
    private record Request(String method, String path) implements Comparable<Request> {
        @Override
        public int compareTo(Request other) {
            return toString().compareTo(other.toString());
        }
    }

    public void check() throws IOException, InterruptedException {
        Map<Request, String> documented = documented();
        Set<Request> listed = new TreeSet<>(documented.keySet());
        listed.removeIf(request -> !request.path.startsWith("/v1"));
        HttpResponse<String> openapi = service.get("/q/openapi");
        Set<Request> operations = openapi.statusCode() == 200 ? operations(openapi.body()) : Set.of();
        assertEquals(operations, listed, "docs/security.md lists other operations than /q/openapi");
        for (Map.Entry<Request, String> each : documented.entrySet()) {
            if (each.getValue().equals(OPEN)) {
                assertPassed(each.getKey(), "no key", status(each.getKey(), "a-1"));
            } else {
                check(each.getKey(), each.getValue());
            }
        }
    }

    private void check(Request request, String needed) throws IOException, InterruptedException {
        assertProblem(401, request, "no key", send(request, "a-1"));
        assertProblem(401, request, "an unknown key", send(request, "a-1", bearer("alk_" + "0".repeat(43))));
        for (Map.Entry<String, String> key : keys.entrySet()) {
            HttpResponse<String> answer = send(request, "a-1", bearer(key.getValue()));
            if (SUFFICIENT.getOrDefault(needed, Set.of()).contains(key.getKey())) {
                assertPassed(request, key.getKey(), answer.statusCode());
            } else {
                assertProblem(403, request, key.getKey(), answer);
            }
        }
        assertPassed(request, "the key of a-*", status(request, "a-1", bearer(limited)));
        if (request.path.contains("{study}")) {
            assertProblem(403, request, "the key of a-*", send(request, "b-1", bearer(limited)));
        }
    }

    private int status(Request request, String study, String... headers) throws IOException, InterruptedException {
        return send(request, study, headers).statusCode();
    }

    private HttpResponse<String> send(Request request, String study, String... headers)
            throws IOException, InterruptedException {
        String body = request.method.equals("POST") ? "{}" : "";
        return service.request(
                request.method, request.path.replace("{study}", study).replace("{pool}", "default"), body, headers);
    }

    private static String bearer(String key) {
        return "Authorization: Bearer " + key;
    }

    private static void assertPassed(Request request, String who, int status) {
        assertTrue(status != 401 && status != 403, request + " with " + who + ": " + status);
    }

    private static void assertProblem(int status, Request request, String who, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), request + " with " + who + ": " + answer.body());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertTrue(type.startsWith("application/problem+json"), request + " with " + who + ": " + type);
    }

    private Map<Request, String> documented() throws IOException {
        Map<Request, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "security.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && Set.of(row.group(1).split(", ")).contains(name)) {
                documented.put(new Request(row.group(2), row.group(3)), row.group(4));
            }
        }
        assertTrue(!documented.isEmpty(), "docs/security.md has no row for " + name);
        return documented;
    }

    /** From OpenAPI in YAML. */
    private static Set<Request> operations(String openapi) {
        Set<Request> operations = new TreeSet<>();
        String path = "";
        for (String line : openapi.lines().toList()) {
            if (line.matches("  /.*:")) {
                path = line.substring(2, line.length() - 1);
            } else if (line.matches("    (get|put|post|delete|options|head|patch|trace):")) {
                operations.add(new Request(line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT), path));
            } else if (line.matches("\\S.*")) {
                path = "";
            }
        }
        assertTrue(!operations.isEmpty(), openapi);
        return operations;
    }
}
