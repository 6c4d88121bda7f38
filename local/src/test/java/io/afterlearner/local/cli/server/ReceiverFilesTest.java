package io.afterlearner.local.cli.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverFilesTest {
    @TempDir
    Path folder;

    private String refused(String variable, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), text);
        return assertThrows(InputException.class, () -> ReceiverFiles.require(Map.of(variable, file.toString())))
                .getMessage()
                .replace(folder + "/", "");
    }

    @Test
    void aWrongLineIsNamedWithoutItsAddress() throws IOException {
        assertEquals(
                "afterlearner: AFTERLEARNER_RECEIVERS_FILE: file, line 2: the third word must be an https URL of at most 2048 characters,"
                        + " without a user",
                refused(ReceiverFiles.RECEIVERS, "# on call\nops slack http://localhost/SECRET"));
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws IOException {
        String error = refused(ReceiverFiles.AUTHORITIES, "none");
        assertTrue(error.startsWith("afterlearner: AFTERLEARNER_RECEIVERS_CA_FILE: file cannot be used: "), error);
        assertTrue(error.endsWith("; give certificates in PEM"), error);
    }

    @Test
    void aFileThatDoesNotExistIsRefused() {
        for (String variable : new String[] {ReceiverFiles.RECEIVERS, ReceiverFiles.AUTHORITIES}) {
            InputException error =
                    assertThrows(InputException.class, () -> ReceiverFiles.require(Map.of(variable, folder + "/none")));
            assertTrue(
                    error.getMessage().contains(variable + ": " + folder + "/none cannot be read; "),
                    error.getMessage());
        }
    }

    @Test
    void rightFilesAndNoFilesAreFine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "ops slack https://localhost/x\n");
        assertDoesNotThrow(() -> ReceiverFiles.require(Map.of(ReceiverFiles.RECEIVERS, file.toString())));
        assertDoesNotThrow(() -> ReceiverFiles.require(Map.of(ReceiverFiles.RECEIVERS, "")));
    }

    @Test
    void upEndsBeforeItStartsAnything() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("receivers"), "ops teams https://localhost/x\n");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dafterlearner.root=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.afterlearner.local.cli.Main",
                        "up",
                        "--home=" + folder.resolve("home"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put(ReceiverFiles.RECEIVERS, file.toString());
        Process up = builder.start();
        assertTrue(up.waitFor(2, TimeUnit.MINUTES));
        String said = Files.readString(folder.resolve("out"));
        assertEquals(2, up.exitValue(), said);
        assertEquals(1, said.split("the format must be cloudevents or slack", -1).length - 1, said);
        assertFalse(Files.exists(folder.resolve("home")), said);
    }
}
