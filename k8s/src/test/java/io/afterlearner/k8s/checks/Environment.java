package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            pods.variables(overlay).keySet().stream()
                    .filter(variable -> !settings.contains(variable))
                    .map(variable -> pods.owner().id() + ": no setting has the variable " + variable)
                    .forEach(findings::add);
        });
        return findings;
    }
}
