package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a repository of its own whose build is empty files. */
class LauncherTest {
    @TempDir
    Path root;

    @BeforeEach
    void createRepository() throws IOException, InterruptedException {
        Files.copy(Path.of("..").toAbsolutePath().resolve("afterlearner"), root.resolve("afterlearner"));
        for (String file : List.of(
                "local/target/afterlearner-local.jar",
                "local/target/lib/empty",
                "optimizer-service/target/quarkus-app/quarkus-run.jar",
                "evaluator-service/target/quarkus-app/quarkus-run.jar",
                "feedback-service/target/quarkus-app/quarkus-run.jar",
                "target/built-from")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.createFile(root.resolve(file));
        }
        assumeTrue(run("git", "--version").startsWith("git"), "there is no git here");
        run("git", "init", "-q", ".");
        run("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "first");
    }

    @Test
    void aBuildOfAnotherCommitIsSaid() throws IOException, InterruptedException {
        Files.writeString(root.resolve("target/built-from"), "0123456789abcdef\n");
        String head = run("git", "rev-parse", "HEAD").strip();
        List<String> lines = run("bash", "afterlearner", "--help").lines().toList();
        assertEquals(
                "afterlearner: this is the build of commit 01234567, but " + head.substring(0, 8)
                        + " is checked out; ./mvnw clean makes the next command build it",
                lines.get(0));
    }

    /** Kafka fails in Turkish, Java cannot name all files without UTF-8, and glibc would keep a large model's memory. */
    @Test
    void javaStartsInEnglishWithUtf8() throws IOException, InterruptedException {
        Path java = root.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho \"$LC_ALL $LANG $MALLOC_MMAP_THRESHOLD_ $*\"\n");
        assertTrue(java.toFile().setExecutable(true));
        String[] turkish = {
            "env", "JAVA_HOME=" + root.resolve("jdk"), "LC_ALL=", "LANG=tr_TR.UTF-8", "bash", "afterlearner"
        };
        String started = run(turkish);
        assertTrue(started.startsWith(" tr_TR.UTF-8 1048576 "), started);
        assertTrue(started.contains(" -Duser.language=en "), started);
        turkish[2] = "LC_ALL=POSIX";
        assertTrue(run(turkish).startsWith("C.UTF-8 tr_TR.UTF-8 "));
    }

    @Test
    void aBuildOfThisOrAnUnknownCommitIsNot() throws IOException, InterruptedException {
        assertFalse(run("bash", "afterlearner", "--help").contains("checked out"));
        Files.writeString(root.resolve("target/built-from"), run("git", "rev-parse", "HEAD"));
        String output = run("bash", "afterlearner", "--help");
        assertFalse(output.contains("checked out"), output);
        assertTrue(output.contains("io.afterlearner.local.cli.Main"), output);
    }

    @Test
    void aNewerBuildByMavenIsNotTakenForTheLaunchers() throws IOException, InterruptedException {
        Path from = Files.writeString(root.resolve("target/built-from"), "0123456789abcdef\n");
        Path jar = root.resolve("local/target/afterlearner-local.jar");
        Files.setLastModifiedTime(
                jar, FileTime.from(Files.getLastModifiedTime(from).toInstant().plusSeconds(2)));
        String output = run("bash", "afterlearner", "--help");
        assertFalse(output.contains("checked out"), output);
    }

    /** Both outputs of a command that is run in the repository. */
    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
