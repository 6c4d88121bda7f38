package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchLoopIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    /** The optimizer refuses it with a dead letter: no candidate would ever come. */
    @Test
    @Timeout(300)
    void aStudyThatDoesNotFitTheOptimizersMemoryEndsWithOneLine() throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder bench = new ProcessBuilder(
                        ROOT.resolve("afterlearner").toString(), "bench", "loop", "--aged", "900000")
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        bench.environment().put("AFTERLEARNER_OPTS", "-XX:TieredStopAtLevel=1");
        int exit = bench.start().waitFor();
        List<String> lines = Files.readAllLines(err);
        assertEquals(2, exit, lines.toString());
        assertEquals(1, lines.size(), lines.toString());
        String line = lines.get(0);
        assertTrue(line.startsWith("afterlearner: the study is refused: the study would take up to "), line);
        assertTrue(line.endsWith("lower --aged, --told, --outstanding or --dimension"), line);
    }
}
