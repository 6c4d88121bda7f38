package io.afterlearner.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code demo online} when a signal ends it. */
@Timeout(900)
class DemoIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    /** Either signal, and either moment: before and after there are processes. {@code -Pthorough} adds the other two pairs. */
    static Stream<Arguments> signals() {
        Stream<Arguments> usual = Stream.of(arguments("[1/4]", "TERM", 143), arguments("[2/4]", "INT", 130));
        Stream<Arguments> others = Stream.of(arguments("[1/4]", "INT", 130), arguments("[2/4]", "TERM", 143));
        return Boolean.getBoolean("afterlearner.thorough") ? Stream.concat(usual, others) : usual;
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalIsReportedAndLeavesNoProcessAndNoFolder(String when, String signal, int code)
            throws IOException, InterruptedException {
        Process demo = demo();
        String said = until(demo, when);
        List<ProcessHandle> children = demo.descendants().toList();

        new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid()))
                .start()
                .waitFor();

        assertEquals(code, demo.waitFor());
        said += new String(demo.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("stopped before its end"), said);
        for (ProcessHandle child : children) {
            assertTrue(!child.isAlive(), child.info().toString());
        }
        assertEquals(List.of(), left(), said);
    }

    private Process demo() throws IOException {
        // A process that inherits an ignored SIGINT, as under nohup, would not see Ctrl-C.
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        ROOT.resolve("afterlearner").toString(),
                        "demo",
                        "online")
                .directory(folder.toFile());
        builder.environment().put("AFTERLEARNER_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + folder);
        return builder.start();
    }

    private static String until(Process demo, String wanted) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf(wanted) < 0) {
            int next = demo.getErrorStream().read();
            assertTrue(next >= 0, "it ended: " + said);
            said.append((char) next);
        }
        return said.toString();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(f -> f.getFileName().toString())
                    .filter(name -> name.startsWith("afterlearner-"))
                    .toList();
        }
    }
}
