package io.afterlearner.local.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.s3.AwsProperties;
import io.afterlearner.evaluation.s3.S3Location;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.evaluation.s3.ScriptedStore;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is whole where its manifest is. */
class DestinationTest {
    @TempDir
    Path folder;

    private Path export;

    @BeforeEach
    void export() throws IOException {
        export = Files.createDirectory(folder.resolve("export"));
        Files.writeString(export.resolve("result.json"), "{}");
        Files.writeString(export.resolve("history.csv"), "number");
        Manifest.write("depth-1", export);
    }

    private static Destination store(ScriptedStore store) {
        return new Destination.Prefix(
                S3Location.of(URI.create("s3://models/depth")), new S3Store(store.settings(), Duration.ofMinutes(1)));
    }

    private static List<String> asked(ScriptedStore store) {
        return store.requests().stream().map(ScriptedStore.Request::line).toList();
    }

    @Test
    void noPlaceIsNotTheCurrentFolder() {
        String message = String.valueOf(
                assertThrows(InputException.class, () -> Destination.of(" ")).getMessage());
        assertEquals("afterlearner: --to is empty; give a folder or s3://BUCKET/PREFIX", message);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedByItsPlaceInTheExport() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.createDirectories(target.resolve("history.csv/taken"));
        String message = String.valueOf(
                assertThrows(IOException.class, () -> new Destination.Folder(target).put(export.resolve("history.csv")))
                        .getMessage());
        assertTrue(message.startsWith(target.resolve("history.csv") + " cannot be written: "), message);
    }

    @Test
    void theManifestIsRemovedFirstAndWrittenLast() throws IOException {
        AwsProperties valid = AwsProperties.valid();
        try (valid;
                ScriptedStore store = new ScriptedStore(ScriptedStore.bytes(new byte[0]))) {
            store(store).publish(export);
            assertEquals(
                    List.of(
                            "DELETE /models/depth/manifest.json",
                            "DELETE /models/depth/candidate.onnx",
                            "PUT /models/depth/history.csv",
                            "PUT /models/depth/result.json",
                            "PUT /models/depth/manifest.json"),
                    asked(store));
        }
    }

    @Test
    void anExportThatFailsHasNoManifest() throws IOException {
        AwsProperties valid = AwsProperties.valid();
        ScriptedStore.Answer done = ScriptedStore.bytes(new byte[0]);
        try (valid;
                ScriptedStore store = new ScriptedStore(done, done, done, ScriptedStore.error(403, "AccessDenied"))) {
            InputException e =
                    assertThrows(InputException.class, () -> store(store).publish(export));
            assertEquals(
                    "afterlearner: --to: s3://models/depth/result.json answers with status 403 (AccessDenied); grant"
                            + " s3:PutObject to the credentials of the system property aws.accessKeyId, or use other"
                            + " credentials",
                    e.getMessage());
            assertFalse(asked(store).contains("PUT /models/depth/manifest.json"));
        }
    }

    @Test
    void aFolderGetsTheSameFilesAndLosesAnEarlierCandidate() throws IOException {
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(to.resolve("candidate.onnx"), "earlier");
        Files.writeString(to.resolve("notes"), "the user's own");
        Destination.of(to.toString()).publish(export);
        try (var files = Files.list(to)) {
            assertEquals(
                    List.of("history.csv", "manifest.json", "notes", "result.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.readString(to.resolve("manifest.json"))
                .startsWith("{\"study\":\"depth-1\",\"files\":[{\"name\":\"history.csv\",\"bytes\":6,\"sha256\":"));
    }

    @Test
    void whatIsNoDestinationIsRefused() {
        InputException e = assertThrows(InputException.class, () -> Destination.of("s3://a:secret@b/c"));
        assertTrue(e.getMessage().startsWith("afterlearner: --to: an s3: address has no valid bucket"), e.getMessage());
        assertThrows(InputException.class, () -> Destination.of("/proc/none"));
        InputException blank = assertThrows(InputException.class, () -> Destination.of("s3://b/a b"));
        assertEquals(
                "afterlearner: --to is not an address: Illegal character in path; give s3://BUCKET/PREFIX, and write special"
                        + " characters as %XX, such as a blank as %20",
                blank.getMessage());
    }
}
