package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyMemoryTest {
    /** Half of the heap that the local stack gives the optimizer. */
    private static final long LIMIT = 256L << 20;

    private static StudyMemory memory(String algorithm, int dimension, long budget, int parallelism, int runs) {
        Space space = new Space(IntStream.range(0, dimension)
                .mapToObj(i -> (Parameter) new Parameter.Real("p" + i, -1, 1, false, 0, Double.NaN))
                .toList());
        return StudyMemory.of(Problem.of(space, budget, parallelism, 1).withRuns(runs), algorithm, 20, 0);
    }

    @Test
    void aStudyThatWouldOutgrowTheHeapIsRefusedWithItsFigures() {
        String line = memory("auto", 100_000, 1_300, 1_300, 1).refusal(LIMIT);
        assertTrue(Objects.requireNonNull(line).contains("which has 256 MiB for all studies"), line);
        assertTrue(line.contains("992 MiB for the log of 1300 candidates with 100000 parameters"), line);
        assertTrue(line.contains("3969 MiB for 1300 candidates outstanding"), line);
        assertTrue(line.contains("lower optimizer.parallelism, use fewer parameters, or give"), line);
        assertTrue(!line.contains("\n"), line);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, 10000, 100000, 1, 1, lower optimizer.budget to at most",
        "auto, 100000, 100000, 1, 1, for the spec; use fewer parameters",
        "auto, 1000, 4096, 4096, 1, lower optimizer.parallelism",
        "CMA, 2000, 1000, 1, 100, lower optimizer.runs",
    })
    void theLargestTermIsToBeLowered(
            String algorithm, int dimension, long budget, int parallelism, int runs, String remedy) {
        String line = Objects.requireNonNull(
                memory(algorithm, dimension, budget, parallelism, runs).refusal(64L << 20));
        assertTrue(line.contains(remedy), line);
    }

    @Test
    void theBudgetThatIsSaidFits() {
        StudyMemory refused = memory("auto", 1_000, 1_000_000, 8, 1);
        String line = Objects.requireNonNull(refused.refusal(LIMIT));
        long most = Long.parseLong(line.replaceAll(".*budget to at most (\\d+),.*", "$1"));
        assertNull(memory("auto", 1_000, most, 8, 1).refusal(LIMIT), line);
        assertTrue(memory("auto", 1_000, most + most / 50, 8, 1).refusal(LIMIT) != null, "at most " + most);
    }

    @Test
    void usualStudiesAreSmall() {
        long bytes = memory("auto", 35, 300, 8, 1).bytes();
        assertTrue(bytes < 2 << 20, StudyMemory.size(bytes));
        assertNull(memory("auto", 35, 300_000, 64, 1).refusal(LIMIT));
    }

    @Test
    void theGreatestFiguresDoNotOverflow() {
        Space space = new Space(IntStream.range(0, 100_000)
                .mapToObj(i -> (Parameter) new Parameter.Choice("p" + i, 1_000, false, 0))
                .toList());
        Problem problem = Problem.of(space, Problem.MAX_BUDGET, Problem.MAX_PARALLELISM, 1)
                .withRuns(Problem.MAX_RUNS);
        for (String algorithm : new String[] {"CMA", "CMAWithRestarts", "Adaptive", "auto"}) {
            assertTrue(
                    StudyMemory.of(problem, algorithm, 200, Limits.MAX_PRIORS).bytes() > 1L << 40, algorithm);
        }
    }

    @Test
    void sizesAreReadable() {
        assertEquals("12 MiB", StudyMemory.size(12 << 20));
        assertEquals("100 bytes", StudyMemory.size(100));
    }
}
