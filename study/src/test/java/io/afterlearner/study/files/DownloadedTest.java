package io.afterlearner.study.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ModelFile;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study whose files lie on a server: what is kept is what the study needs, and its user is told where. */
class DownloadedTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> news = new ArrayList<>();
    private HttpServer server;
    private Path downloads;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        TinyStudy.write(folder);
        downloads = folder.resolve("downloads");
        for (String name : List.of("tiny.onnx", "search.npz", "test.npz")) {
            files.put("/" + name, Files.readAllBytes(folder.resolve(name)));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void resolve(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        new Resolver(StudyFile.read("study.yaml", file, Artifacts.downloads(downloads, news::add))).resolve();
    }

    private String remote() {
        return TinyStudy.YAML
                .replace("tiny.onnx", url + "tiny.onnx")
                .replace("search: search.npz", "search: " + url + "search.npz");
    }

    private String refusal() {
        InputException e = assertThrows(InputException.class, () -> resolve(remote()));
        assertFalse(e.getMessage().contains("part-"), e.getMessage());
        return e.getMessage();
    }

    private long kept() throws IOException {
        try (var all = Files.list(downloads)) {
            return all.filter(file -> !file.getFileName().toString().equals(".locks"))
                    .count();
        }
    }

    @Test
    void whatIsFetchedAndReusedIsSaidWithItsPlace() throws IOException {
        String sha256 = Digest.sha256(folder.resolve("tiny.onnx"));
        String yaml = remote().replace("uri: " + url + "tiny.onnx", "uri: " + url + "tiny.onnx, sha256: " + sha256);
        resolve(yaml);
        assertTrue(news.get(0).startsWith("fetched " + url + "tiny.onnx ("), news.toString());
        assertTrue(news.get(0).endsWith("kept as " + downloads.resolve(sha256)), news.toString());
        news.clear();
        resolve(yaml);
        assertEquals("using " + downloads.resolve(sha256) + ", kept from " + url + "tiny.onnx", news.get(0));
        assertTrue(news.get(1).startsWith("fetched " + url + "search.npz ("), "without a digest it may have changed");
    }

    @Test
    void whatIsNoModelIsNotKept() throws IOException {
        files.put("/tiny.onnx", "no model at all".getBytes(StandardCharsets.UTF_8));
        String refusal = refusal();
        assertTrue(refusal.startsWith("study.yaml:2: model.uri: " + url + "tiny.onnx: "), refusal);
        assertEquals(0, kept());
    }

    @Test
    void whatIsNoWholeArchiveIsNotKept() throws IOException {
        byte[] whole = files.get("/search.npz");
        files.put("/search.npz", Arrays.copyOf(whole, whole.length - 30));
        String refusal = refusal();
        assertTrue(refusal.contains("data.search: " + url + "search.npz: it is not a complete .npz file"), refusal);
        assertEquals(1, kept(), "the model");
    }

    @Test
    void aUrlWithACredentialIsRefusedBecauseItWouldBeWrittenToTopics() {
        for (String secret : List.of(
                "http://ann:secret@host/tiny.onnx",
                "s3://AKIA:secret@models/tiny.onnx",
                "https://host/tiny.onnx?X-Amz-Credential=AKIA&X-Amz-Signature=secret",
                "https://host/tiny.onnx?sv=2024&sig=secret")) {
            String yaml = TinyStudy.YAML.replace("tiny.onnx", "\"" + secret + "\"");
            InputException e = assertThrows(InputException.class, () -> resolve(yaml));
            assertTrue(e.getMessage().startsWith("study.yaml:2: model.uri: has a "), e.getMessage());
            assertTrue(e.getMessage().contains("would be written to topics"), e.getMessage());
            assertFalse(e.getMessage().contains("secret"), e.getMessage());
        }
    }

    @Test
    void anObjectsAddressIsCheckedAtItsPlace() {
        String yaml = TinyStudy.YAML.replace("tiny.onnx", "s3://models/");
        InputException e = assertThrows(InputException.class, () -> resolve(yaml));
        assertTrue(
                e.getMessage()
                        .startsWith("study.yaml:2: model.uri: s3://models/ names no object; give s3://BUCKET/KEY"),
                e.getMessage());
    }

    @Test
    void theIdentityOfAModelCoversTheFilesBesideIt() throws IOException {
        StudySpec spec = new Resolver(StudyFile.read(
                        "study.yaml",
                        Files.writeString(folder.resolve("study.yaml"), TinyStudy.YAML),
                        Artifacts.downloads(downloads, news::add)))
                .spec();
        List<String> ids = new ArrayList<>();
        for (String digest : List.of("0".repeat(64), "1".repeat(64))) {
            Artifact weights = new Artifact("s3://models/tiny.bin", digest);
            ids.add(StudyId.of(StudySpec.newBuilder(spec)
                    .setModelFiles(List.of(new ModelFile("tiny.bin", weights)))
                    .build()));
        }
        assertNotEquals(ids.get(0), ids.get(1));
    }
}
