package io.afterlearner.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One real Kafka broker (and its controller) in this JVM, listening on the loopback address only. Its data stays in the
 * directory it was given: started there again, it has all it had before.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns once it answers.
     *
     * @param directory where its data is and stays; made if missing; one broker at a time
     * @param port to listen on; 0 chooses a free one
     * @throws IOException if the directory cannot be used or the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        int[] ports = claim(port, 0);
        Path config = configure(directory, ports[0], ports[1]);
        if (!Files.exists(directory.resolve("data").resolve("meta.properties"))) {
            format(config);
        }
        Properties properties = new Properties();
        try (var in = Files.newInputStream(config)) {
            properties.load(in);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, ports[0]);
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

    private static Path configure(Path directory, int brokerPort, int controllerPort) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data")).toAbsolutePath();
        Path config = directory.resolve("broker.properties");
        Properties properties = BrokerSettings.of(data, brokerPort, controllerPort);
        try (OutputStream out = Files.newOutputStream(config)) {
            properties.store(out, "written at every start");
        }
        return config;
    }

    private static void format(Path config) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {
            "format",
            "--config",
            config.toString(),
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--standalone"
        };
        int exit = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new IOException("the broker's directory cannot be formatted: "
                    + said.toString(StandardCharsets.UTF_8).trim());
        }
    }

    /** Ports nobody listens on, unlike each other: each the wanted one or, for 0, any. */
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
