package io.afterlearner.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * One real Kafka broker (and its controller) in this JVM, listening on the loopback address only. Its data stays in its
 * directory: a broker started there again has the same topics.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("(?i)scram|salt|password");

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns once it answers.
     *
     * @param directory for its data, which stays there; created if missing; one broker at a time
     * @param port to listen on; 0 chooses a free one
     * @throws IOException if the directory cannot be used or the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        return start(directory, port, null);
    }

    /**
     * Starts a broker whose clients have to authenticate themselves.
     *
     * @param security null for none
     */
    public static EmbeddedKafka start(Path directory, int port, @Nullable Security security) throws IOException {
        return start(directory, port, security, settings -> {});
    }

    /** @param more changes the broker's settings last */
    static EmbeddedKafka start(Path directory, int port, @Nullable Security security, Consumer<Properties> more)
            throws IOException {
        int[] ports = claim(port, 0);
        Path config = configure(directory, ports[0], ports[1], security, more);
        if (!Files.exists(directory.resolve("data").resolve("meta.properties"))) {
            format(config, security == null ? Map.of() : security.users());
        }
        Properties properties = load(Files.newInputStream(config));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, ports[0]);
    }

    /**
     * Sets what runs before Kafka ends the process. It does so at once if a broker cannot go on, for example on a full disk.
     */
    public static void beforeHalt(Runnable last) {
        Exit.setHaltProcedure((status, message) -> {
            last.run();
            Runtime.getRuntime().halt(status);
        });
    }

    /**
     * Begins to create the topics in which a broker keeps its state. The broker would create each one when a client first needs
     * it, and that client would wait up to a second.
     */
    public static void createOwnTopics(Admin admin) {
        Map<String, String> compacted = Map.of("cleanup.policy", "compact", "compression.type", "none");
        Map<String, String> pruned = Map.of("cleanup.policy", "delete", "compression.type", "none");
        short one = 1;
        var unused = admin.createTopics(List.of(
                new NewTopic(Topic.SHARE_GROUP_STATE_TOPIC_NAME, 1, one).configs(pruned),
                new NewTopic(Topic.GROUP_METADATA_TOPIC_NAME, 1, one).configs(compacted),
                new NewTopic(Topic.TRANSACTION_STATE_TOPIC_NAME, 1, one).configs(compacted)));
    }

    /** What clients set as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker cleanly. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Path configure(
            Path directory, int brokerPort, int controllerPort, @Nullable Security security, Consumer<Properties> more)
            throws IOException {
        Path data = Files.createDirectories(directory.resolve("data")).toAbsolutePath();
        Path config = directory.resolve("broker.properties");
        Properties properties = load(EmbeddedKafka.class.getResourceAsStream("broker.properties"));
        String controller = "127.0.0.1:" + controllerPort;
        String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
        properties.setProperty("controller.quorum.bootstrap.servers", controller);
        properties.setProperty("listeners", broker + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.setProperty("log.dirs", data.toString());
        if (security != null) {
            security.secure(properties, brokerPort, controllerPort);
            createForOwner(config);
        }
        more.accept(properties);
        try (OutputStream out = Files.newOutputStream(config)) {
            properties.store(out, "written at every start");
        }
        return config;
    }

    private static Properties load(InputStream file) throws IOException {
        Properties properties = new Properties();
        try (file) {
            properties.load(file);
        }
        return properties;
    }

    /** Only the owner may read it: it holds passwords. */
    private static void createForOwner(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void format(Path config, Map<String, String> users) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(
                "format",
                "--config",
                config.toString(),
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--standalone"));
        users.forEach((user, password) -> arguments.addAll(
                List.of("--add-scram", "SCRAM-SHA-512=[name=" + user + ",password=" + password + "]")));
        int exit = StorageTool.execute(
                arguments.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new IOException("the broker's directory cannot be formatted: "
                    + withoutSecrets(said.toString(StandardCharsets.UTF_8)));
        }
    }

    /** The tool's output without the users' salted keys. */
    static String withoutSecrets(String said) {
        return said.lines()
                .filter(line -> !SECRET.matcher(line).find())
                .collect(Collectors.joining(" "))
                .strip();
    }

    /** Two different free ports: each the wanted one or, for 0, any. */
    private static int[] claim(int first, int second) throws IOException {
        try (ServerSocket one = bound(first);
                ServerSocket other = bound(second)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("port " + port + " is taken; choose another", e);
        }
    }
}
