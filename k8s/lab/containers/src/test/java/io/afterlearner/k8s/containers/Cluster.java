package io.afterlearner.k8s.containers;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster gives to pods: objects that no manifest contains, names of services, and folders.
 *
 * @param secrets by name, values by key
 * @param configMaps those that users create, by name, files by key
 * @param hosts addresses by name of service
 * @param accounts service accounts whose pods may call the Kubernetes API, by name
 */
record Cluster(
        Manifests manifests,
        Path folder,
        Map<String, Map<String, String>> secrets,
        Map<String, Map<String, Path>> configMaps,
        Map<String, String> hosts,
        Map<String, ControlPlane.Account> accounts) {

    Cluster(Manifests manifests, Path folder) {
        this(manifests, folder, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    String secret(String name, String key) {
        String value = secrets.getOrDefault(name, Map.of()).get(key);
        if (value == null) {
            throw new AssertionError(
                    "a pod refers to the key " + key + " of the secret " + name + ", which nobody makes");
        }
        return value;
    }

    /** The account of a pod; null if its pod gets no token. */
    ControlPlane.@Nullable Account account(PodSpec pod) {
        if (!Boolean.TRUE.equals(pod.getAutomountServiceAccountToken())) {
            return null;
        }
        ControlPlane.Account account = accounts.get(pod.getServiceAccountName());
        if (account == null) {
            throw new AssertionError("a pod calls the Kubernetes API as " + pod.getServiceAccountName()
                    + ", and there is no control plane with that account");
        }
        return account;
    }

    /** A folder that the container's user may write. */
    Path writable(String pod, String volume) throws IOException {
        Path made = Files.createDirectories(folder.resolve("pods").resolve(pod).resolve(volume));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** A folder with files of a secret. */
    Path ofSecret(String pod, String volume, String secret, Map<String, String> pathByKey) throws IOException {
        Map<String, String> files = new TreeMap<>();
        pathByKey.forEach((key, path) -> files.put(path, secret(secret, key)));
        return ofFiles(pod, volume, files);
    }

    /** A folder with these files, by name. */
    Path ofFiles(String pod, String volume, Map<String, String> files) throws IOException {
        Path made = writable(pod, volume);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(made.resolve(file.getKey()), file.getValue());
        }
        return made;
    }

    /** A folder with the files of a ConfigMap that a user created. */
    Path ofConfigMap(String pod, String volume, String configMap) throws IOException {
        Path made = writable(pod, volume);
        for (Map.Entry<String, Path> file :
                configMaps.getOrDefault(configMap, Map.of()).entrySet()) {
            Files.copy(file.getValue(), made.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
        return made;
    }

    List<String> addHosts() {
        return hosts.entrySet().stream()
                .flatMap(host -> List.of("--add-host", host.getKey() + ":" + host.getValue()).stream())
                .toList();
    }
}
