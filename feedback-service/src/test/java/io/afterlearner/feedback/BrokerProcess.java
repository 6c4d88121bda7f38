package io.afterlearner.feedback;

import io.afterlearner.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A broker in a process that a test can kill and start again with the same data. */
final class BrokerProcess implements AutoCloseable {
    private static final String STARTED = "the broker answers";
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final Path directory;
    private final int port;
    private Process process;

    /** Starts the broker and waits until it answers. */
    BrokerProcess(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        process = begun();
    }

    /** Ends when its parent ends. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(STARTED);
        while (System.in.read() >= 0) {
            // The parent never writes, so this returns at its end.
        }
        Runtime.getRuntime().halt(1);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Like kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts a killed broker again. */
    void startAgain() throws IOException, InterruptedException {
        process = begun();
    }

    private Process begun() throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "broker", ".log");
        Process begun = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.resolve("kafka").toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.readString(log).contains(STARTED)) {
            if (!begun.isAlive() || System.nanoTime() > end) {
                begun.destroyForcibly();
                throw new IllegalStateException("the broker does not start; it said:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return begun;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
