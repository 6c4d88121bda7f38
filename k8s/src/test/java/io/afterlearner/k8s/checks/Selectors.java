package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.LabelSelector;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What selects pods or Services selects some, and what names a workload or Service names one that exists. */
final class Selectors implements Check {
    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.of(
                        overlay.pods().flatMap(Selectors::ownPods),
                        overlay.of("Service").flatMap(service -> service(overlay, service)),
                        overlay.of("PodDisruptionBudget").flatMap(budget -> budget(overlay, budget)),
                        overlay.of("ServiceMonitor").flatMap(monitor -> monitor(overlay, monitor)),
                        overlay.of("StatefulSet").flatMap(set -> headless(overlay, set)))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> ownPods(Pods pods) {
        Stream<JsonNode> spread = Manifest.elements(pods.spec().path("topologySpreadConstraints"))
                .map(constraint -> constraint.path("labelSelector"));
        return Stream.concat(spread, Stream.of(pods.owner().at("/spec/selector")))
                .filter(selector -> !selector.isMissingNode())
                .filter(selector -> !new LabelSelector(selector).matches(pods.labels()))
                .map(selector -> pods.owner().id() + ": " + selector + " does not select its own pods");
    }

    private static Stream<String> service(Overlay overlay, Manifest service) {
        Map<String, String> labels = Manifest.strings(service.at("/spec/selector"));
        List<Pods> selected = overlay.pods()
                .filter(pods -> pods.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        if (labels.isEmpty() || selected.isEmpty()) {
            return Stream.of(service.id() + ": selects no pods");
        }
        return Manifest.elements(service.at("/spec/ports"))
                .map(port -> port.path("targetPort"))
                .filter(port -> !selected.stream().allMatch(pods -> pods.declares(port)))
                .map(port -> service.id() + ": its pods do not declare the port " + port.asText());
    }

    private static Stream<String> budget(Overlay overlay, Manifest budget) {
        LabelSelector selector = new LabelSelector(budget.at("/spec/selector"));
        long selected =
                overlay.pods().filter(pods -> selector.matches(pods.labels())).count();
        return selected == 1
                ? Stream.of()
                : Stream.of(budget.id() + ": selects the pods of " + selected + " workloads; it must be one");
    }

    private static Stream<String> monitor(Overlay overlay, Manifest monitor) {
        LabelSelector selector = new LabelSelector(monitor.at("/spec/selector"));
        List<Manifest> services = overlay.of("Service")
                .filter(service -> selector.matches(service.labels()))
                .toList();
        if (services.size() != 1) {
            return Stream.of(monitor.id() + ": selects " + services.size()
                    + " Services; of none there are no metrics, and of two each pod counts twice");
        }
        return Manifest.elements(monitor.at("/spec/endpoints"))
                .map(endpoint -> endpoint.path("port").asText())
                .filter(port -> Manifest.elements(services.get(0).at("/spec/ports"))
                        .noneMatch(declared -> declared.path("name").asText().equals(port)))
                .map(port -> monitor.id() + ": " + services.get(0).id() + " has no port " + port);
    }

    private static Stream<String> headless(Overlay overlay, Manifest set) {
        String name = set.at("/spec/serviceName").asText();
        return overlay.find("Service", name)
                        .filter(service ->
                                service.at("/spec/clusterIP").asText().equals("None"))
                        .isPresent()
                ? Stream.of()
                : Stream.of(set.id() + ": serviceName " + name + " is not a headless Service of this overlay");
    }
}
