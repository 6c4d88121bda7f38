package io.afterlearner.embedded.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchivesTest {
    /** Runs in a separate JVM. */
    static final class Hello {
        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @TempDir
    Path folder;

    @Test
    void theFirstJvmMakesWhatTheNextOnesUse() throws Exception {
        Path jar = jar();
        ClassArchives archives = new ClassArchives(Files.createDirectory(folder.resolve("archives")), true);
        ClassArchive made = archives.of("hello", List.of(jar), true);
        assertTrue(made.isWrittenAtExit());
        assertEquals("hello\n", run(made, jar));
        made.keep();
        ClassArchive used = archives.of("hello", List.of(jar), true);
        assertFalse(used.isWrittenAtExit());
        assertTrue(run(used, jar, "-Xlog:class+load").contains("Hello source: shared objects file (top)"));
    }

    @Test
    void anArchiveOfOtherJarsIsMadeAgainAndTheJvmSaysNothingOfOneThatDoesNotFit() throws Exception {
        Path jar = jar();
        ClassArchives archives = new ClassArchives(Files.createDirectory(folder.resolve("archives")), true);
        ClassArchive made = archives.of("hello", List.of(jar), true);
        run(made, jar);
        made.keep();
        ClassArchive old = archives.of("hello", List.of(jar), true);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(100)));
        assertEquals("hello\n", run(old, jar));
        ClassArchive again = archives.of("hello", List.of(jar), true);
        assertTrue(again.isWrittenAtExit());
        run(again, jar);
        again.keep();
        try (var left = Files.list(folder.resolve("archives"))) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void whatAJvmDidNotFinishIsNotUsed() throws IOException {
        ClassArchives archives = new ClassArchives(folder, true);
        ClassArchive made = archives.of("hello", List.of(jar()), true);
        Files.write(folder.resolve("hello.part"), new byte[10_000]);
        made.keep();
        assertEquals(ClassArchive.NONE, archives.of("hello", List.of(jar()), true), "and is not tried at every start");
    }

    @Test
    void nothingIsMadeWithoutAFolderOrWithOtherOptions() throws IOException {
        Path jar = jar();
        assertEquals(ClassArchive.NONE, new ClassArchives(null, true).of("hello", List.of(jar), true));
        assertEquals(ClassArchive.NONE, new ClassArchives(folder, false).of("hello", List.of(jar), true));
        assertEquals(ClassArchive.NONE, new ClassArchives(folder, true).of("hello", List.of(jar), false));
        Path missing = folder.resolve("missing");
        assertEquals(ClassArchive.NONE, new ClassArchives(missing, true).of("hello", List.of(jar), true));
        assertEquals(List.of(), ClassArchive.NONE.options());
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("hello.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        String entry = Hello.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                InputStream bytes = Hello.class.getClassLoader().getResourceAsStream(entry)) {
            entries.putNextEntry(new JarEntry(entry));
            bytes.transferTo(entries);
        }
        return jar;
    }

    private static String run(ClassArchive archive, Path jar, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(archive.options());
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", jar.toString(), Hello.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
