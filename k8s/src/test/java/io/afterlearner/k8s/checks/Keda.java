package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KEDA's objects, as far as the overlays use them. Further fields are refused: add them here. */
final class Keda {
    private Keda() {}

    record ScaledObject(String apiVersion, String kind, JsonNode metadata, Spec spec) {}

    record Spec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            int cooldownPeriod,
            @Nullable Advanced advanced,
            List<Trigger> triggers) {}

    record Target(String apiVersion, String kind, String name) {}

    record Advanced(JsonNode horizontalPodAutoscalerConfig) {}

    record Trigger(
            String type,
            Map<String, String> metadata,
            @Nullable Reference authenticationRef) {}

    record Reference(String name) {}

    record TriggerAuthentication(String apiVersion, String kind, JsonNode metadata, Secrets spec) {}

    record Secrets(List<Secret> secretTargetRef) {}

    record Secret(String parameter, String name, String key) {}
}
