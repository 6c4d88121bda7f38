package io.afterlearner.kafka.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Kafka's own limit is a minute, which is longer than Kubernetes waits for a process that it told to end. */
class NeededTopicsEndTest {
    private static final int LIMIT_SECONDS = 30;

    /** Asks a Kafka that does not answer. */
    static final class Asking {
        private Asking() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws InterruptedException {
            Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 600_000));
            // Like the wait of a framework's shutdown for the end of the start.
            Thread start = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> join(start)));
            System.out.println("asking");
            var unused = NeededTopics.missingOf(List.of("topic"), admin);
        }

        private static void join(Thread start) {
            try {
                start.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aProcessThatIsToldToEndWhileKafkaDoesNotAnswerEnds() throws IOException, InterruptedException {
        Process asking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = asking.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.equals("asking")) {
                line = said.readLine();
            }
            assertEquals("asking", line);
            asking.toHandle().destroy();
            assertTrue(asking.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it waits for Kafka");
        } finally {
            asking.destroyForcibly();
        }
    }
}
