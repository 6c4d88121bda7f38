package io.afterlearner.k8s.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster gives to pods: objects that no manifest contains, names of services, and folders.
 *
 * @param secrets by name, values by key
 * @param configMaps those that users create, by name, files by key
 * @param hosts addresses by name of service
 */
record Cluster(
        Manifests manifests,
        Path folder,
        Map<String, Map<String, String>> secrets,
        Map<String, Map<String, Path>> configMaps,
        Map<String, String> hosts) {

    Cluster(Manifests manifests, Path folder) {
        this(manifests, folder, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    String secret(String name, String key) {
        String value = secrets.getOrDefault(name, Map.of()).get(key);
        if (value == null) {
            throw new AssertionError(
                    "a pod refers to the key " + key + " of the secret " + name + ", which nobody makes");
        }
        return value;
    }

    /** A folder that the container's user may write. */
    Path writable(String pod, String volume) throws IOException {
        Path made = Files.createDirectories(folder.resolve("pods").resolve(pod).resolve(volume));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** A folder with files of a secret. */
    Path ofSecret(String pod, String volume, String secret, Map<String, String> pathByKey) throws IOException {
        Path made = writable(pod, volume);
        for (Map.Entry<String, String> item : pathByKey.entrySet()) {
            Files.writeString(made.resolve(item.getValue()), secret(secret, item.getKey()));
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
