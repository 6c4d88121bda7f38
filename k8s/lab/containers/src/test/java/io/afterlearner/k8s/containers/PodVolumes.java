package io.afterlearner.k8s.containers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The volumes of a container as folders of this machine. The size limits of an emptyDir are not enforced.
 *
 * @param claims volumes that each pod of a StatefulSet has for itself
 */
record PodVolumes(Cluster cluster, String pod, List<String> claims) {
    /** Where clients of Kubernetes look for their account. */
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Values of podman's {@code --volume} behind the first colon and before it, by mount path. */
    Map<String, String> of(PodSpec spec, Container container) throws IOException {
        Map<String, String> mounts = new TreeMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            if (mount.getSubPath() != null) {
                throw new AssertionError(pod + ": subPath is not supported");
            }
            boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
            mounts.put(
                    mount.getMountPath() + (readOnly ? ":ro" : ""),
                    folder(spec, mount.getName()).toString());
        }
        ControlPlane.Account account = cluster.account(spec);
        if (account != null) {
            mounts.put(
                    ACCOUNT + ":ro",
                    cluster.ofFiles(pod, "account", account.files()).toString());
        }
        return mounts;
    }

    private Path folder(PodSpec spec, String name) throws IOException {
        if (claims.contains(name)) {
            return cluster.writable(pod, name);
        }
        Volume volume = spec.getVolumes().stream()
                .filter(each -> name.equals(each.getName()))
                .findAny()
                .orElseThrow(() -> new AssertionError(pod + ": there is no volume " + name));
        if (volume.getEmptyDir() != null) {
            return cluster.writable(pod, name);
        }
        if (volume.getSecret() != null) {
            return ofSecret(name, volume.getSecret());
        }
        if (volume.getConfigMap() != null) {
            return cluster.ofConfigMap(pod, name, volume.getConfigMap().getName());
        }
        throw new AssertionError(pod + ": the kind of the volume " + name + " is not supported");
    }

    private Path ofSecret(String name, SecretVolumeSource secret) throws IOException {
        Map<String, String> pathByKey =
                secret.getItems().stream().collect(Collectors.toMap(KeyToPath::getKey, KeyToPath::getPath));
        return cluster.ofSecret(pod, name, secret.getSecretName(), pathByKey);
    }
}
