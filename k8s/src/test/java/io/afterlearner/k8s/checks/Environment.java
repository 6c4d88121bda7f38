package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Variables of containers are settings that the service has. A misspelt variable would be ignored. */
final class Environment implements Check {
    private static final String COMPONENT = "app.kubernetes.io/component";

    private final Map<String, Set<String>> known;

    /** @param known variables of each component */
    Environment(Map<String, Set<String>> known) {
        this.known = known;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        List<String> findings = new ArrayList<>();
        overlay.pods().forEach(pods -> {
            Set<String> settings = known.get(pods.labels().get(COMPONENT));
            if (settings == null) {
                findings.add(pods.owner().id() + ": the settings of its component are unknown; add it to Repository");
                return;
            }
            of(overlay, pods).keySet().stream()
                    .filter(variable -> !settings.contains(variable))
                    .map(variable -> pods.owner().id() + ": no setting has the variable " + variable)
                    .forEach(findings::add);
        });
        return findings;
    }

    /** The variables of a pod's containers; those from Secrets and fields have empty values. */
    static Map<String, String> of(Overlay overlay, Pods pods) {
        Map<String, String> variables = new TreeMap<>();
        pods.containers().forEach(container -> {
            Manifest.elements(container.path("envFrom"))
                    .map(from -> from.at("/configMapRef/name").asText())
                    .flatMap(name -> overlay.find("ConfigMap", name).stream())
                    .forEach(map -> variables.putAll(Manifest.strings(map.at("/data"))));
            for (JsonNode variable : container.path("env")) {
                variables.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        });
        return variables;
    }
}
