package io.afterlearner.k8s.containers;

import io.afterlearner.embedded.SecuredBroker;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The overlay's Kafka as an embedded broker, its secrets, and its images, ready to run pods. */
final class Lab {
    private static final Path ROOT = Path.of(System.getProperty("afterlearner.root"));
    static final Path CONTROL_PLANE = ROOT.resolve("k8s/lab/control-plane");
    static final Path EXAMPLE = ROOT.resolve("examples/depth");

    private static final String TOPICS_JOB = "afterlearner-topics";
    private static final String OPERATOR = "afterlearner-operator";

    private final Cluster cluster;
    private final SecuredBroker broker;
    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, String> cliEnvironment = new TreeMap<>();
    private @Nullable ControlPlane controlPlane;

    private Lab(Cluster cluster, SecuredBroker broker) {
        this.cluster = cluster;
        this.broker = broker;
    }

    static Lab start(Path folder) throws Exception {
        Manifests manifests = Manifests.read(ROOT.resolve("k8s/rendered/local.yaml"));
        loadImages();
        Cluster cluster = new Cluster(manifests, folder);
        KafkaObjects objects = new KafkaObjects(manifests);
        URI bootstrap = URI.create("kafka://" + bootstrap(manifests));
        SecuredBroker broker = SecuredBroker.start(
                folder,
                settings -> listenForContainers(settings, bootstrap.getHost(), bootstrap.getPort()),
                objects.users());
        objects.createTopics(broker);
        objects.grantRights(broker);
        cluster.hosts().put(bootstrap.getHost(), gateway());
        Lab lab = new Lab(cluster, broker);
        lab.makeSecrets(objects, folder);
        lab.makeExamples();
        lab.runTopicsJob();
        return lab;
    }

    private static void loadImages() throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(ROOT.resolve("k8s/images/target"))) {
            for (Path tar : files.filter(file -> file.toString().endsWith(".tar"))
                    .sorted()
                    .toList()) {
                Podman.run("load", "--quiet", "--input", tar.toString());
            }
        }
    }

    /** The address of this machine in the network of containers. */
    private static String gateway() throws IOException, InterruptedException {
        return Podman.run("network", "inspect", "podman", "--format", "{{range .Subnets}}{{.Gateway}}{{end}}");
    }

    private static String bootstrap(Manifests manifests) {
        return manifests
                .ofKind("ConfigMap")
                .map(map -> map.at("/data/KAFKA_BOOTSTRAP_SERVERS").asText(""))
                .filter(servers -> !servers.isEmpty())
                .findAny()
                .orElseThrow();
    }

    /** A second listener of the same kind, under the name that pods use. */
    private static void listenForContainers(Properties settings, String host, int port) {
        append(settings, "listeners", "CONTAINERS://0.0.0.0:" + port);
        append(settings, "advertised.listeners", "CONTAINERS://" + host + ":" + port);
        append(settings, "listener.security.protocol.map", "CONTAINERS:SASL_SSL");
        String login = settings.getProperty("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config");
        settings.setProperty("listener.name.containers.scram-sha-512.sasl.jaas.config", login);
    }

    private static void append(Properties settings, String name, String value) {
        settings.setProperty(name, settings.getProperty(name) + "," + value);
    }

    /** Those that Strimzi makes, and those of {@code k8s/secrets}. */
    private void makeSecrets(KafkaObjects objects, Path folder) throws IOException, InterruptedException {
        Map<String, Map<String, String>> secrets = cluster.secrets();
        for (String user : objects.users()) {
            secrets.put(user, Map.of("sasl.jaas.config", broker.client(user).get("sasl.jaas.config")));
        }
        secrets.put("afterlearner-cluster-ca-cert", Map.of("ca.crt", Files.readString(folder.resolve("broker.pem"))));
        Manifests printed = Manifests.parse(
                Podman.execute(List.of(ROOT.resolve("k8s/secrets").toString())));
        printed.ofKind("Secret")
                .forEach(secret -> secrets.put(Manifests.nameOf(secret), Manifests.texts(secret.path("stringData"))));
        cliEnvironment.put("AFTERLEARNER_KEY", cluster.secret("afterlearner-operator-key", "key"));
        cliEnvironment.put("KAFKA_SASL_JAAS_CONFIG", cluster.secret("afterlearner-cli", "sasl.jaas.config"));
    }

    /** The files of the example, as {@code k8s/example} makes them. */
    private void makeExamples() throws IOException {
        Map<String, Path> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> examples.put(file.getFileName().toString(), file));
        }
        cluster.configMaps().put("afterlearner-examples", examples);
    }

    private void runTopicsJob() throws IOException, InterruptedException {
        cliAs(List.of(), Map.of());
    }

    /** @param more variables besides the manifest's */
    Pod start(String kind, String workload, String name, Map<String, String> more)
            throws IOException, InterruptedException {
        Pod pod = Pod.start(cluster, kind, workload, name, more);
        pods.add(pod);
        return pod;
    }

    /** Makes a pod reachable under the name of its Service. */
    void serve(String service, Pod pod) {
        cluster.hosts().put(service, pod.address());
        cliEnvironment.put("AFTERLEARNER_OPTIMIZER", pod.url("").toString());
    }

    /** Runs a command in the pod of the topics Job, with other arguments and as another user, and returns what it prints. */
    String cli(String... arguments) throws IOException, InterruptedException {
        return cliAs(List.of(arguments), cliEnvironment);
    }

    private String cliAs(List<String> arguments, Map<String, String> more) throws IOException, InterruptedException {
        PodSpec pod = cluster.manifests().pod("Job", TOPICS_JOB);
        String name = TOPICS_JOB + "-" + UUID.randomUUID();
        PodmanCommand command = PodmanCommand.of(cluster, pod, List.of(), name, more, arguments);
        String examples = EXAMPLE.toRealPath() + ":/examples:ro";
        Podman.Result result = Podman.tryTo(command.environment(), command.with("run", "--rm", "--volume", examples));
        if (result.exit() != 0) {
            throw new IOException("afterlearner " + String.join(" ", arguments) + ": " + result.err());
        }
        return result.out();
    }

    /** Whether Java can make class archives itself. */
    boolean imageRunsJava19() throws IOException, InterruptedException {
        String image = cluster.manifests()
                .pod("StatefulSet", "afterlearner-feedback")
                .getContainers()
                .get(0)
                .getImage();
        List<String> command = new ArrayList<>(List.of("run", "--rm", "--entrypoint", "java"));
        command.addAll(PodmanCommand.PROCESS_LIMITS);
        command.addAll(List.of(
                "localhost/" + image,
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=/tmp/probe.jsa",
                "-version"));
        return Podman.tryTo(Map.of(), command).exit() == 0;
    }

    /**
     * Starts an API server with the operator's account. The network of containers exists once one of them has run.
     *
     * @param programs of the control plane
     */
    ControlPlane startControlPlane(Path programs) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(cluster.folder().resolve("control-plane"));
        ControlPlane started = ControlPlane.start(CONTROL_PLANE, programs, folder, gateway(), cluster.manifests());
        controlPlane = started;
        cluster.accounts().put(OPERATOR, started.account(OPERATOR));
        return started;
    }

    void removePods() throws IOException, InterruptedException {
        for (Pod pod : pods) {
            pod.remove();
        }
        pods.clear();
    }

    void remove(Pod pod) throws IOException, InterruptedException {
        pod.remove();
        pods.remove(pod);
    }

    /** The folder of a pod's volume. */
    Path volume(String pod, String volume) throws IOException {
        return cluster.writable(pod, volume);
    }

    /** Settings of a client outside that may do everything. */
    Map<String, String> kafka() {
        return broker.client("broker");
    }

    void close() throws IOException, InterruptedException {
        removePods();
        if (controlPlane != null) {
            controlPlane.stop();
        }
        broker.close();
    }
}
