package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts print that a cluster is made with. */
@DisabledOnOs(OS.WINDOWS)
class ScriptsTest {
    private record Ended(int status, String output) {}

    private static Ended run(Path script, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("KUBECTL", "/nowhere/kubectl");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    void anExampleIsForTheNamespaceThatIsAskedFor() throws Exception {
        Ended ended = run(Path.of("example"), "digits", "ml");
        List<String> namespaces = ended.output()
                .lines()
                .filter(line -> line.startsWith("  namespace:"))
                .toList();
        assertEquals(List.of("  namespace: ml", "  namespace: ml"), namespaces);
        assertEquals(0, ended.status());
    }

    @Test
    void withoutKubectlNoOverlaySeemsToDiffer() throws Exception {
        Ended ended = run(Path.of("render"), "--check");
        assertEquals("k8s/render: there is no /nowhere/kubectl; install it, or name it in KUBECTL\n", ended.output());
        assertNotEquals(0, ended.status());
    }

    @Test
    void secretsSayWhyTheyCannotBeMade(@TempDir Path repository) throws Exception {
        Path script = repository.resolve("k8s/secrets");
        Files.createDirectories(script.getParent());
        Files.copy(Path.of("secrets"), script);
        Path commandLine = repository.resolve("afterlearner");
        Files.writeString(commandLine, "#!/usr/bin/env bash\necho 'there is no java' >&2\nexit 1\n");
        assertTrue(commandLine.toFile().setExecutable(true));
        Ended ended = run(script);
        assertEquals("there is no java\n", ended.output());
        assertNotEquals(0, ended.status());
    }
}
