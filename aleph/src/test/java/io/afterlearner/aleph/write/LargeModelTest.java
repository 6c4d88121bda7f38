package io.afterlearner.aleph.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads, splits, opens and writes a model in a heap of twice its size, without a copy in direct memory. */
class LargeModelTest {
    private static final int WIDTH = 4096;
    private static final int MODEL_MIB = WIDTH * WIDTH * Float.BYTES / (1024 * 1024);

    @TempDir
    Path folder;

    /** Runs in a separate JVM; the argument is the folder. */
    static final class Uses {
        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Model model = Model.read(folder.resolve("large.onnx"));
            Aleph aleph = Aleph.bind(model, List.of(Entry.shift("bias")));
            try (SplitSession session = SplitSession.open(Split.of(model, aleph), RunOptions.cpu())) {
                double[] values = aleph.initial();
                values[0] += 1;
                Retrofit.write(model, aleph, values, folder.resolve("written.onnx"));
                Patch.of(model, aleph, values).write(folder.resolve("patch"));
                System.out.println("done with " + session.getClass().getSimpleName());
            }
        }
    }

    @Test
    void twiceItsSizeIsEnoughHeap() throws IOException, InterruptedException {
        Path file = new ModelBuilder(1)
                .input("x", -1, WIDTH)
                // Old exporters list weights as inputs, too.
                .input("weights", WIDTH, WIDTH)
                .constant("weights", new float[WIDTH * WIDTH], WIDTH, WIDTH)
                .constant("bias", new float[] {1, 2}, 2)
                .constant("ends", new float[2 * WIDTH], WIDTH, 2)
                .node("MatMul", "x weights", "hidden")
                .node("MatMul", "hidden ends", "sums")
                .node("Add", "sums bias", "y")
                .output("y", -1, 2)
                .write(folder.resolve("large.onnx"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + (2 * MODEL_MIB + 10) + "m",
                        "-Xmn8m",
                        "-XX:MaxDirectMemorySize=8m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Uses.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("done with SplitSession\n", said);
        assertEquals(0, process.waitFor());
        assertEquals(Files.size(file), Files.size(folder.resolve("written.onnx")));
    }
}
