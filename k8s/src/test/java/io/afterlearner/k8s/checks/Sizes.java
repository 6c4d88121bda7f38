package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What evaluators keep fits into their memory and into their volume. */
final class Sizes implements Check {
    private static final Map<String, Long> MIB = Map.of("Mi", 1L, "Gi", 1024L);
    private static final int CACHE_SHARE = 3;

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods().flatMap(pods -> findings(overlay, pods)).toList();
    }

    private static Stream<String> findings(Overlay overlay, Pods pods) {
        Map<String, String> variables = pods.variables(overlay);
        long cache = Long.parseLong(variables.getOrDefault("AFTERLEARNER_EVALUATOR_CACHE_MIB", "0"));
        long work = Long.parseLong(variables.getOrDefault("AFTERLEARNER_EVALUATOR_WORK_MIB", "0"));
        Stream<String> memory = pods.containers()
                .map(container -> container.at("/resources/limits/memory").asText())
                .filter(limit -> cache * CACHE_SHARE > mib(limit))
                .map(limit -> "a cache of " + cache + " MiB is more than a third of the limit of memory, " + limit);
        Stream<String> volume = Manifest.elements(pods.spec().path("volumes"))
                .filter(it -> it.path("name").asText().equals("downloads"))
                .map(it -> it.at("/emptyDir/sizeLimit").asText())
                .filter(limit -> work >= mib(limit))
                .map(limit -> "downloads of " + work + " MiB do not fit into their volume of " + limit);
        return Stream.concat(memory, volume).map(text -> pods.owner().id() + ": " + text);
    }

    private static long mib(String quantity) {
        String unit = quantity.replaceAll("[0-9]", "");
        return Long.parseLong(quantity.replaceAll("[^0-9]", "")) * MIB.getOrDefault(unit, 0L);
    }
}
