package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In a process with a small heap, whatever study is admitted can be run, recovered and stopped. */
class LargestStudyIT {

    static Stream<Arguments> studies() {
        // Small vectors fill the heap slowly: a log of vectors of 40 values takes a minute, that of every build a tenth
        // of it.
        boolean thorough = Boolean.getBoolean("afterlearner.thorough");
        // Large vectors; many outstanding; a matrix in each run; a long log of small vectors.
        return Stream.of(
                arguments(128, 20_000, 4, "auto", 1),
                arguments(128, thorough ? 300 : 600, 2_000, "auto", 1),
                arguments(128, 600, 8, "CMA", 8),
                arguments(thorough ? 128 : 64, thorough ? 40 : 320, 64, "OnePlusOne", 1));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void whateverIsAdmittedFitsIntoMemory(
            int heapMib, int dimension, int parallelism, String algorithm, int runs, @TempDir Path folder)
            throws Exception {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargestStudy.class.getName()));
        command.addAll(List.of("" + dimension, "" + parallelism, algorithm, "" + runs));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> "still running");
            assertEquals(0, process.exitValue(), Files.readString(log));
            System.out.println(dimension + " parameters, " + algorithm + ": " + Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }
}
