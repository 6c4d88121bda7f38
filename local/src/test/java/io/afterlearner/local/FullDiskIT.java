package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that gets full ends a command with one line, whenever it happens; the study resumes when there is space. */
@Timeout(900)
class FullDiskIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int BUDGET = 400;

    @TempDir
    Path folder;

    private Path disk;
    private Path filler;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        filler = disk.resolve("filler");
        boolean mounted = system("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
        if (!mounted) {
            System.err.println("SKIPPED: FullDiskIT needs the right to mount a small file system");
        }
        assumeTrue(mounted, "mounting is not allowed here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        system("umount", "-l", disk.toString());
    }

    private static boolean system(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private Process start(String name, Path yaml) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("afterlearner").toString(), "retrofit"));
        command.addAll(List.of(
                yaml.toString(), "--json", "--home", disk.resolve("home").toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    private String err(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".err"));
    }

    /** Writes until there is no space, so that what happens next meets a full disk. */
    private void fill() {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full.
            return;
        }
    }

    private void assertOneLine(String name) throws IOException {
        String err = err(name);
        assertTrue(err.lines().noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in ")), err);
        assertEquals(
                1, err.lines().filter(line -> line.startsWith("afterlearner: ")).count(), err);
    }

    @Test
    void aStudyResumesWhenThereIsSpace() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        Path yaml = Files.writeString(
                folder.resolve("full.yaml"), TinyStudy.YAML.replace("budget: 60", "budget: " + BUDGET));
        Process first = start("first", yaml);
        while (!err("first").contains("/" + BUDGET)) {
            assertTrue(first.isAlive(), err("first"));
            Thread.sleep(20);
        }
        fill();
        assertNotEquals(0, first.waitFor(), err("first"));
        assertOneLine("first");
        Process stillFull = start("stillFull", yaml);
        assertNotEquals(0, stillFull.waitFor(), err("stillFull"));
        assertOneLine("stillFull");
        Files.delete(filler);
        assertEquals(0, start("again", yaml).waitFor(), err("again"));
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("again.out").toFile());
        assertEquals(BUDGET, result.get("told").asLong(), result.toString());
    }
}
