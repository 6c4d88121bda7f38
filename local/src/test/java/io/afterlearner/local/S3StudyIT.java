package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.s3.S3Server;
import io.afterlearner.local.Launcher.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A study whose model and data are in a real S3 store, to which its results go too. */
@Timeout(600)
class S3StudyIT {
    /** Smaller tensors, such as the parameters that the study changes, stay in the model. */
    private static final int LEAST_EXTERNAL_BYTES = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Output run(S3Server server, String secret, String... arguments) throws IOException, InterruptedException {
        return new Launcher(folder)
                .run(
                        Map.of(
                                "AWS_ACCESS_KEY_ID",
                                S3Server.KEY_ID,
                                "AWS_SECRET_ACCESS_KEY",
                                secret,
                                "AFTERLEARNER_S3_ENDPOINT",
                                server.endpoint().toString()),
                        arguments);
    }

    private String done(S3Server server, String... arguments) throws IOException, InterruptedException {
        Output output = run(server, S3Server.SECRET, arguments);
        assertEquals(0, output.exit(), output.out() + output.err());
        return output.out();
    }

    @Test
    void modelAndDataComeFromS3AndAllResultsGoThere() throws IOException, InterruptedException {
        Path example = Launcher.ROOT.resolve("examples/depth");
        String yaml = Files.readString(example.resolve("study.yaml")).replace("budget: 300", "budget: 24");
        try (S3Server server = S3Server.start(folder)) {
            for (String file : List.of("search.npz", "test.npz")) {
                server.put("depth/" + file, Files.readAllBytes(example.resolve(file)));
                yaml = yaml.replace(file, "s3://models/depth/" + file);
            }
            Path model = example.resolve("depth.onnx");
            yaml = yaml.replace("depth.onnx", "s3://models/depth/depth.onnx")
                    .replace(Digest.sha256(model), putInTwoFiles(server, model));
            Files.writeString(folder.resolve("study.yaml"), yaml);
            Output wrong = run(server, "another", "retrofit", "study.yaml");
            assertEquals(2, wrong.exit(), wrong.err());
            assertTrue(wrong.err().contains("s3://models/depth/depth.onnx answers with status 403"), wrong.err());

            done(server, "up", "--http-port", "0", "--feedback-port", "0");
            try {
                JsonNode result = JSON.readTree(done(server, "retrofit", "study.yaml", "--json"));
                assertEquals(
                        "s3://models/depth/depth.onnx", result.at("/model/uri").asText(), result.toString());
                done(server, "study", "export", "depth", "--to", "s3://models/results");
                done(server, "study", "export", "depth", "--to", "exported");
                assertExported(server, result);
            } finally {
                done(server, "down");
            }
        }
        assertNoSecretIsWritten();
    }

    /** The weights of the model are external data, in depth.onnx.data beside it. Returns the digest of depth.onnx. */
    private static String putInTwoFiles(S3Server server, Path model) throws IOException {
        ModelProto.Builder split = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        for (TensorProto.Builder each : split.getGraphBuilder().getInitializerBuilderList()) {
            byte[] raw = each.getRawData().toByteArray();
            if (raw.length > LEAST_EXTERNAL_BYTES) {
                each.clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", "depth.onnx.data"))
                        .addExternalData(entry("offset", Integer.toString(weights.size())))
                        .addExternalData(entry("length", Integer.toString(raw.length)));
                weights.writeBytes(raw);
            }
        }
        assertTrue(weights.size() > 0, "no weights");
        byte[] bytes = split.build().toByteArray();
        server.put("depth/depth.onnx", bytes);
        server.put("depth/depth.onnx.data", weights.toByteArray());
        return HexFormat.of().formatHex(Digest.sha256().digest(bytes));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private void assertExported(S3Server server, JsonNode result) throws IOException {
        JsonNode manifest = JSON.readTree(server.get("results/manifest.json"));
        assertEquals(result.get("study"), manifest.get("study"));
        List<String> names = new ArrayList<>();
        for (JsonNode file : manifest.get("files")) {
            names.add(file.get("name").asText());
            byte[] bytes = server.get("results/" + file.get("name").asText());
            assertEquals(file.get("bytes").asLong(), bytes.length);
            assertEquals(
                    file.get("sha256").asText(),
                    HexFormat.of().formatHex(Digest.sha256().digest(bytes)));
        }
        assertTrue(
                names.containsAll(
                        List.of("history.csv", "report.html", "result.json", "retrofitted.onnx", "retrofitted.patch")),
                names.toString());
        JsonNode exported = JSON.readTree(server.get("results/result.json"));
        for (String field : List.of("study", "outcome", "asked", "told", "baseline", "retrofitted")) {
            assertEquals(result.get(field), exported.get(field), field);
        }
        JsonNode local = JSON.readTree(folder.resolve("exported/manifest.json").toFile());
        assertEquals(names.size(), local.get("files").size());
        assertEquals(
                Digest.sha256(folder.resolve("exported/retrofitted.onnx")),
                HexFormat.of().formatHex(Digest.sha256().digest(server.get("results/retrofitted.onnx"))));
    }

    private void assertNoSecretIsWritten() throws IOException {
        try (var files = Files.walk(folder.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(S3Server.SECRET), file.toString());
            }
        }
    }
}
