package io.afterlearner.evaluator.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.fetch.Uses;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ModelFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path root;
    private Path file;
    private String sha256;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        file = Files.write(root.resolve("file"), BYTES);
        sha256 = Digest.sha256(file);
    }

    private Path fetch(String uri, String digest, long maxBytes) {
        return artifacts().fetch(Subject.MODEL, new Artifact(uri, digest), maxBytes, new Uses());
    }

    private Artifacts artifacts() {
        Artifacts.Settings settings = new Artifacts.Settings(
                List.of(root),
                List.of("127.0.0.1"),
                S3Settings.DEFAULT,
                directory.resolve("work"),
                1000,
                Duration.ofSeconds(20));
        return new Artifacts(settings);
    }

    private void assertRefused(String expected, String uri) {
        assertRefused(expected, uri, sha256, 1000);
    }

    private void assertRefused(String expected, String uri, String digest, long maxBytes) {
        DataException refusal = assertThrows(DataException.class, () -> fetch(uri, digest, maxBytes));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
        assertEquals(Subject.MODEL, refusal.subject());
    }

    @Test
    void aFileBelowARootIsReadInPlace() throws IOException {
        assertEquals(file.toRealPath(), fetch(file.toUri().toString(), sha256, 1000));
    }

    @Test
    void noPathLeadsOutOfTheRoots() throws IOException {
        Path secret = Files.write(directory.resolve("secret"), BYTES);
        Files.createSymbolicLink(root.resolve("link"), secret);
        assertRefused("file-roots", secret.toUri().toString());
        assertRefused("file-roots", root.resolve("link").toUri().toString());
        assertRefused("file-roots", root.toUri() + "../secret");
        assertRefused("is not a file on the evaluator's machine", "file://host/secret");
        assertRefused("is not an absolute URI", "secret");
        assertRefused("is not a URI", "file: x");
        assertRefused("scheme jar", "jar:" + file.toUri() + "!/x");
    }

    @Test
    void aFileThatIsTooLargeOrHasAnotherDigestIsRejected() {
        String uri = file.toUri().toString();
        assertRefused("limit of " + (BYTES.length - 1), uri, sha256, BYTES.length - 1);
        assertRefused("digest " + sha256, uri, "0".repeat(64), 1000);
        assertRefused("64 lower-case hex digits", uri, "../../etc/passwd", 1000);
    }

    @Test
    void aModelIsReadOnlyWithTheExternalDataOfItsStudy() throws IOException {
        Path model = Files.write(root.resolve("model.onnx"), external("weights.bin"));
        Path data = Files.write(root.resolve("weights.bin"), new byte[4]);
        Artifact artifact = new Artifact(model.toUri().toString(), Digest.sha256(model));
        List<ModelFile> files =
                List.of(new ModelFile("weights.bin", new Artifact(data.toUri().toString(), Digest.sha256(data))));
        assertEquals(model.toRealPath(), artifacts().fetchModel(artifact, files, 1000, new Uses()));
        DataException unlisted =
                assertThrows(DataException.class, () -> artifacts().fetchModel(artifact, List.of(), 1000, new Uses()));
        assertTrue(unlisted.getMessage().contains("reads tensors from [weights.bin]"), unlisted.getMessage());
        Files.write(data, new byte[] {1, 2, 3, 4});
        DataException changed =
                assertThrows(DataException.class, () -> artifacts().fetchModel(artifact, files, 1000, new Uses()));
        assertTrue(changed.getMessage().contains("weights.bin has the digest "), changed.getMessage());
    }

    private static byte[] external(String location) {
        TensorProto w = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(GraphProto.newBuilder().setName("g").addInitializer(w))
                .build()
                .toByteArray();
    }

    @Test
    void downloadsComeFromAllowedHostsWithinTheLimit() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES);
            exchange.close();
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
            assertEquals(sha256, Digest.sha256(fetch(uri, sha256, 1000)));
            assertRefused(
                    "limit of " + (BYTES.length - 1) + " bytes",
                    uri.replace("file", "file?x"),
                    "0".repeat(64),
                    BYTES.length - 1);
            assertRefused("afterlearner.evaluator.http-hosts", "http://models.example/file", "0".repeat(64), 1000);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void onlyAllowedBucketsAreAsked() {
        S3Settings only = S3Settings.from(Map.of("afterlearner.s3.buckets", "others")::get);
        Artifacts.Settings settings = new Artifacts.Settings(
                List.of(), List.of(), only, directory.resolve("work"), 1000, Duration.ofSeconds(20));
        Artifact object = new Artifact("s3://models/m.onnx", "0".repeat(64));
        DataException e = assertThrows(
                DataException.class, () -> new Artifacts(settings).fetch(Subject.MODEL, object, 1000, new Uses()));
        assertEquals(
                "s3://models/m.onnx is in a bucket that is not allowed; add it to afterlearner.s3.buckets",
                e.refusal().toString());
    }
}
