package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What scales a workload has one that exists and leaves its replicas to it; triggers have only keys that KEDA reads. */
final class Scaling implements Check {
    /** Keys of KEDA's scaler metrics-api. KEDA ignores others. */
    private static final Set<String> METRICS_API = Set.of(
            "url",
            "format",
            "valueLocation",
            "targetValue",
            "activationTargetValue",
            "unsafeSsl",
            "authMode",
            "method",
            "keyParamName",
            "aggregationType",
            "aggregateFromKubeServiceEndpoints");

    /** Parameters that each authMode needs. */
    private static final Map<String, String> PARAMETERS =
            Map.of("bearer", "token", "basic", "username", "apiKey", "apiKey", "tls", "ca");

    private final Set<String> fields;

    /** @param fields of the answer of {@code GET /v1/pools/POOL} */
    Scaling(Set<String> fields) {
        this.fields = fields;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.concat(
                        Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                                .flatMap(overlay::of)
                                .flatMap(scaler -> target(overlay, scaler)),
                        overlay.of("ScaledObject")
                                .flatMap(scaled -> Manifest.elements(scaled.at("/spec/triggers"))
                                        .flatMap(trigger -> trigger(overlay, trigger))
                                        .map(text -> scaled.id() + ": " + text)))
                .toList();
    }

    private static Stream<String> target(Overlay overlay, Manifest scaler) {
        JsonNode reference = scaler.at("/spec/scaleTargetRef");
        String kind = reference.path("kind").asText();
        String name = reference.path("name").asText();
        return overlay.find(kind, name)
                .map(target -> target.at("/spec").has("replicas")
                        ? Stream.of(scaler.id() + ": " + target.id() + " has replicas; an apply would set them back")
                        : Stream.<String>of())
                .orElse(Stream.of(scaler.id() + ": there is no " + kind + " " + name));
    }

    private Stream<String> trigger(Overlay overlay, JsonNode trigger) {
        if (!trigger.path("type").asText().equals("metrics-api")) {
            return Stream.of("the trigger " + trigger.path("type").asText() + " is unknown; add its keys to Scaling");
        }
        Map<String, String> metadata = Manifest.strings(trigger.path("metadata"));
        String location = metadata.getOrDefault("valueLocation", "");
        String mode = metadata.getOrDefault("authMode", "");
        return Stream.of(
                        metadata.keySet().stream()
                                .filter(key -> !METRICS_API.contains(key))
                                .map(key -> "metrics-api has no key " + key),
                        fields.contains(location)
                                ? Stream.<String>of()
                                : Stream.of("valueLocation " + location + " is no field of /v1/pools/POOL, which has "
                                        + fields),
                        overlay.tree("TriggerAuthentication", "/spec/secretTargetRef")
                                        .anyMatch(secret -> secret.path("parameter")
                                                .asText()
                                                .equals(PARAMETERS.get(mode)))
                                ? Stream.<String>of()
                                : Stream.of("authMode '" + mode + "' has no parameter " + PARAMETERS.get(mode)),
                        pool(overlay, metadata.getOrDefault("url", "")))
                .flatMap(found -> found);
    }

    /** The pool of the URL is the pool of the evaluators. */
    private static Stream<String> pool(Overlay overlay, String url) {
        return overlay.pods()
                        .map(pods -> pods.variables(overlay).get("AFTERLEARNER_EVALUATOR_POOL"))
                        .anyMatch(pool -> url.endsWith("/v1/pools/" + pool))
                ? Stream.of()
                : Stream.of("the url " + url + " is not /v1/pools/ and the pool of the evaluators");
    }
}
