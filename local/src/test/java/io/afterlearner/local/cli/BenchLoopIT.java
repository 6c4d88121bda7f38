package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchLoopIT {
    @TempDir
    Path home;

    /** The optimizer refuses it with a dead letter: no candidate would ever come. */
    @Test
    @Timeout(300)
    void aStudyThatDoesNotFitTheOptimizersMemoryEndsWithOneLine() {
        Cli.Output output = new Cli(home).run("bench", "loop", "--aged", "900000");
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        String line = output.errLines().get(0);
        assertTrue(line.startsWith("afterlearner: the study is refused: the study would take up to "), line);
        assertTrue(line.endsWith("lower --aged, --told, --outstanding or --dimension"), line);
    }
}
