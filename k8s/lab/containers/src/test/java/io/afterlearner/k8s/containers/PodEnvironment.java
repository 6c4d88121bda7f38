package io.afterlearner.k8s.containers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a container, as its manifest says. */
record PodEnvironment(Cluster cluster, String pod) {

    Map<String, String> of(Container container) {
        Map<String, String> environment = new TreeMap<>();
        for (EnvFromSource from : container.getEnvFrom()) {
            if (from.getConfigMapRef() == null || from.getPrefix() != null) {
                throw new AssertionError(pod + ": only envFrom.configMapRef is supported");
            }
            environment.putAll(
                    cluster.manifests().configMap(from.getConfigMapRef().getName()));
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(variable));
        }
        return environment;
    }

    private String value(EnvVar variable) {
        EnvVarSource from = variable.getValueFrom();
        if (from == null) {
            return variable.getValue();
        }
        SecretKeySelector secret = from.getSecretKeyRef();
        ObjectFieldSelector field = from.getFieldRef();
        if (secret != null) {
            return cluster.secret(secret.getName(), secret.getKey());
        }
        String path = field == null ? "" : field.getFieldPath();
        return switch (path) {
            case "metadata.name" -> pod;
            case "metadata.namespace" -> cluster.manifests().namespace();
            default ->
                throw new AssertionError(pod + ": the value of " + variable.getName() + " is not supported: " + from);
        };
    }
}
