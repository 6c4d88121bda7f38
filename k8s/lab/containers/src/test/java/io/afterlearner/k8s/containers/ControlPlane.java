package io.afterlearner.k8s.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Kubernetes control plane of {@code k8s/lab/control-plane}, at an address that containers reach. */
final class ControlPlane {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the operator needs of its overlay. The API server here has no kinds of other projects. */
    private static final List<String> KINDS =
            List.of("Namespace", "CustomResourceDefinition", "ServiceAccount", "Role", "RoleBinding");

    private static final int CANNOT_BE_BUILT = 3;

    private final Path scripts;
    private final Path folder;
    private final Path kubectl;
    private final String namespace;

    private ControlPlane(Path scripts, Path folder, Path kubectl, String namespace) {
        this.scripts = scripts;
        this.folder = folder;
        this.kubectl = kubectl;
        this.namespace = namespace;
    }

    /** The folder of its programs, which are built once per machine; empty if they cannot be built here. */
    static Optional<Path> programs(Path scripts) throws IOException, InterruptedException {
        List<String> build = List.of(scripts.resolve("build").toString());
        return Podman.execute(Map.of(), build).exit() == CANNOT_BE_BUILT
                ? Optional.empty()
                : Optional.of(Path.of(succeed(Map.of(), build).strip()));
    }

    /** Starts it, and applies the accounts, the rights and the kind Study of an overlay. */
    static ControlPlane start(Path scripts, Path programs, Path folder, String address, Manifests manifests)
            throws IOException, InterruptedException {
        ControlPlane started = new ControlPlane(scripts, folder, programs.resolve("kubectl"), manifests.namespace());
        succeed(
                Map.of("AFTERLEARNER_LAB_ADDRESS", address),
                List.of(scripts.resolve("up").toString(), folder.toString()));
        for (JsonNode object : KINDS.stream().flatMap(manifests::ofKind).toList()) {
            started.apply(object);
        }
        started.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd/studies.afterlearner.io");
        return started;
    }

    private static String succeed(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Podman.Result result = Podman.execute(environment, command);
        if (result.exit() != 0) {
            throw new IOException(String.join(" ", command) + ": " + result.err());
        }
        return result.out();
    }

    String kubectl(String... arguments) throws IOException, InterruptedException {
        Stream<String> words = Stream.of(
                kubectl.toString(), "--kubeconfig", folder.resolve("kubeconfig").toString(), "--namespace", namespace);
        return succeed(Map.of(), Stream.concat(words, Stream.of(arguments)).toList());
    }

    void apply(JsonNode object) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("object.json"), object.toString());
        kubectl("apply", "--server-side", "--filename", file.toString());
    }

    /** Empty if the API server did not answer in time. */
    Optional<JsonNode> find(String kind, String name) throws InterruptedException {
        try {
            return Optional.of(JSON.readTree(kubectl("get", kind, name, "--output", "json")));
        } catch (IOException e) {
            System.out.println(e.getMessage());
            return Optional.empty();
        }
    }

    /** What Kubernetes gives to the pods of a service account. */
    Account account(String name) throws IOException, InterruptedException {
        JsonNode config = JSON.readTree(kubectl("config", "view", "--raw", "--output", "json"));
        JsonNode cluster = config.at("/clusters/0/cluster");
        URI server = URI.create(cluster.path("server").asText());
        return new Account(
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        server.getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        Integer.toString(server.getPort())),
                Map.of(
                        "token",
                        kubectl("create", "token", name, "--duration=1h").strip(),
                        "ca.crt",
                        Files.readString(
                                Path.of(cluster.path("certificate-authority").asText())),
                        "namespace",
                        namespace));
    }

    /**
     * @param variables of each container
     * @param files of the volume with the token
     */
    record Account(Map<String, String> variables, Map<String, String> files) {}

    void stop() throws IOException, InterruptedException {
        succeed(Map.of(), List.of(scripts.resolve("down").toString(), folder.toString()));
    }
}
