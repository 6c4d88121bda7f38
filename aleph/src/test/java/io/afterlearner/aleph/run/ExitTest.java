package io.afterlearner.aleph.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.aleph.ModelBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that ends while a thread of it still opens models. */
@Timeout(300)
class ExitTest {
    private static final int EXIT = 7;
    private static final long BUSY_MILLIS = 2_000;

    /** Opens models beside the other shutdown hooks, and after them. */
    static final class Busy {
        private Busy() {}

        public static void main(String[] arguments) {
            byte[] model = new ModelBuilder(0)
                    .input("x", 4)
                    .output("y", 4)
                    .node("Relu", "x", "y")
                    .proto()
                    .build()
                    .toByteArray();
            Ort.outputTypes(model);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
                while (System.nanoTime() < end) {
                    Ort.outputTypes(model);
                }
            }));
            System.exit(EXIT);
        }
    }

    @Test
    void itsExitCodeIsItsOwn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Busy.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", said);
        assertEquals(EXIT, process.waitFor());
    }
}
