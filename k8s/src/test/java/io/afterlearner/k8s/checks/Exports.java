package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The operator finds the template of the Jobs that write results, which does not run by itself, and may read it and make Jobs of it. */
final class Exports implements Check {
    private static final String SETTING = "AFTERLEARNER_OPERATOR_EXPORT_JOB";
    private static final Set<String> NEEDED = Set.of("get cronjobs", "get jobs", "create jobs", "delete jobs");

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods()
                .filter(pods -> pods.variables(overlay).containsKey(SETTING))
                .flatMap(pods -> findings(overlay, pods, pods.variables(overlay).getOrDefault(SETTING, "")))
                .toList();
    }

    private static Stream<String> findings(Overlay overlay, Pods operator, String name) {
        Stream<String> template = overlay.find("CronJob", name)
                .map(Exports::problems)
                .orElseGet(() -> Stream.of(operator.owner().id() + ": there is no CronJob " + name));
        Set<String> granted = Set.copyOf(overlay.of("RoleBinding")
                .filter(binding -> binding.tree()
                        .path("subjects")
                        .findValuesAsText("name")
                        .contains(operator.spec().path("serviceAccountName").asText()))
                .flatMap(binding ->
                        overlay.find("Role", binding.at("/roleRef/name").asText()).stream())
                .flatMap(role -> Manifest.elements(role.tree().path("rules")))
                .filter(rule -> rule.path("apiGroups").toString().contains("\"batch\""))
                .filter(rule -> isAbout(rule, name))
                .flatMap(Exports::rights)
                .toList());
        Stream<String> missing = NEEDED.stream()
                .filter(right -> !granted.contains(right))
                .sorted()
                .map(right -> operator.owner().id() + ": no Role lets it " + right + " of " + name);
        return Stream.concat(template, missing);
    }

    private static boolean isAbout(JsonNode rule, String name) {
        return !rule.has("resourceNames")
                || Manifest.elements(rule.path("resourceNames"))
                        .anyMatch(each -> each.asText().equals(name));
    }

    private static Stream<String> rights(JsonNode rule) {
        return Manifest.elements(rule.path("verbs"))
                .flatMap(verb -> Manifest.elements(rule.path("resources"))
                        .map(resource -> verb.asText() + " " + resource.asText()));
    }

    private static Stream<String> problems(Manifest template) {
        Stream<String> runs = template.at("/spec/suspend").asBoolean()
                ? Stream.of()
                : Stream.of(template.id() + ": runs by itself; set suspend to true");
        int containers =
                template.at("/spec/jobTemplate/spec/template/spec/containers").size();
        return containers == 1
                ? runs
                : Stream.concat(runs, Stream.of(template.id() + ": has " + containers + " containers; give it one"));
    }
}
