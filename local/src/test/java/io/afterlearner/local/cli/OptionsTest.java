package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong options are refused in one line before anything starts. */
class OptionsTest {
    @TempDir
    Path folder;

    private Cli.Output refused(String... arguments) {
        Cli.Output output = new Cli(folder).run(arguments);
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        return output;
    }

    @Test
    void retrofitRefusesAnOutFolderThatCannotBeWrittenBeforeTheStudyStarts() throws IOException {
        System.setProperty("afterlearner.root", folder.toString());
        Path study = TinyStudy.write(folder);
        Path home = folder.resolve("home");
        String out = study.resolve("results").toString();
        assertEquals(
                "afterlearner: --out " + out + ": " + study + " is not a folder; choose another folder",
                refused("retrofit", study.toString(), "--out", out, "--home", home.toString())
                        .err()
                        .strip());
        assertFalse(Files.exists(home), "a stack was started");
    }

    @Test
    void exportRefusesAFileThatCannotBeWrittenBeforeItReadsTopics() {
        Path home = folder.resolve("home");
        String err = refused("study", "export", "depth", "--out", folder.toString(), "--home", home.toString())
                .err();
        assertEquals("afterlearner: --out " + folder + " cannot be written; choose another file", err.strip());
        assertFalse(Files.exists(home), "a broker was started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "study", "bench"})
    void aMissingCommandIsOneLineThatNamesTheHelp(String group) {
        List<String> words = group.isEmpty() ? List.of() : List.of(group);
        String err = refused(words.toArray(String[]::new)).err();
        assertTrue(err.startsWith("afterlearner: Missing required subcommand; see ./afterlearner"), err);
        assertTrue(err.strip().endsWith("--help"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "pause", "resume", "stop", "extend", "approve", "reject", "audit"})
    void everyStudyCommandHasHelpWithAnExample(String command) {
        Cli.Output output = new Cli(folder).run("study", command, "--help");
        assertEquals(0, output.exit(), output.err());
        for (String part : List.of("NAME", "--home", "--kafka-config", "./afterlearner study " + command + " ")) {
            assertTrue(output.out().contains(part), part + " in " + output.out());
        }
    }
}
