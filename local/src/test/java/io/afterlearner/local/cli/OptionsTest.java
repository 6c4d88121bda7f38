package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.afterlearner.local.cli.console.Options;
import io.afterlearner.study.InputException;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void aFolderThatMayBeWrittenButTakesNoFilesIsNoOutFolder() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc), "there is no such file system here");
        InputException refused =
                assertThrows(InputException.class, () -> Options.requireWritable("--out", proc.resolve("nope")));
        assertEquals(
                "afterlearner: --out /proc/nope: /proc is not writable; choose another folder", refused.getMessage());
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

    @Test
    void portsThatAreTheSameOrOutOfRangeAreRefusedAtOnce() {
        Path home = folder.resolve("home");
        System.setProperty("afterlearner.root", folder.toString());
        String[] up = {"up", "--home", home.toString(), "--kafka-port", "9000", "--http-port", "9000"};
        assertEquals(
                "afterlearner: --http-port and --kafka-port are both 9000; give each its own port, or 0 for a free one",
                refused(up).err().strip());
        assertEquals(
                "afterlearner: --http-port must be 0 to 65535, not 70000",
                refused("up", "--home", home.toString(), "--http-port", "70000")
                        .err()
                        .strip());
        assertFalse(Files.exists(home), "a stack was started");
    }

    @Test
    void aBenchmarkThatNeedsMoreCandidatesThanAStudyMayHaveIsRefusedAtOnce() {
        assertEquals(
                "afterlearner: --aged 1000000 with --told 20000 needs a study of 1022064 candidates, but at most"
                        + " 1000000 are possible; lower --aged or --told",
                refused("bench", "loop", "--aged", "1000000").err().strip());
    }

    @Test
    void settingsThatNoKafkaClientTakesAreRefusedWithKafkasReason() throws IOException {
        Path config = folder.resolve("client.properties");
        for (Map.Entry<String, String> each : Map.of(
                        "security.protocol=SSL\nssl.truststore.location=/nowhere.jks", "/nowhere.jks",
                        "request.timeout.ms=soon", "request.timeout.ms",
                        "auto.offset.reset=sometimes", "auto.offset.reset",
                        "compression.type=rar", "compression.type")
                .entrySet()) {
            Files.writeString(config, "bootstrap.servers=127.0.0.1:1\n" + each.getKey());
            String err = refused("study", "list", "--kafka-config", config.toString())
                    .err();
            assertTrue(err.startsWith("afterlearner: --kafka-config " + config + ": no client can use these"), err);
            assertTrue(err.contains(each.getValue()), err);
        }
    }

    @Test
    void aByteOrderMarkBeforeTheFirstSettingIsSkipped() throws IOException {
        Path config = folder.resolve("client.properties");
        Files.writeString(config, "\uFEFFbootstrap.servers=no.such.host.invalid:1\n");
        String err =
                refused("study", "list", "--kafka-config", config.toString()).err();
        assertTrue(err.contains("No resolvable bootstrap urls"), err);
        Files.writeString(config, "bootstrap.servers=a:1\n", StandardCharsets.UTF_16);
        String utf16 =
                refused("study", "list", "--kafka-config", config.toString()).err();
        assertTrue(utf16.contains("cannot be read as a properties file: it is not UTF-8 text; "), utf16);
    }
}
