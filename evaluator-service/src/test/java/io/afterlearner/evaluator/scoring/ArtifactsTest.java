package io.afterlearner.evaluator.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Artifact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private Path root;
    private Path file;
    private String sha256;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        file = Files.write(root.resolve("file"), BYTES);
        sha256 = Digest.sha256(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/file", exchange -> answer(exchange, BYTES.length));
        server.createContext("/stalls", exchange -> stall(exchange));
        server.createContext(
                "/to-file", exchange -> redirect(exchange, file.toUri().toString()));
        server.createContext("/moved", exchange -> redirect(exchange, "/file"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serving.shutdownNow();
        clock.shutdownNow();
    }

    private void answer(HttpExchange exchange, long length) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write(BYTES);
        exchange.close();
    }

    /** Half of it, and then nothing more, with the connection open. */
    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, BYTES.length);
        exchange.getResponseBody().write(BYTES, 0, 5);
        exchange.getResponseBody().flush();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Artifacts artifacts(List<String> hosts, long maxWorkBytes) {
        return artifacts(hosts, maxWorkBytes, Duration.ofSeconds(20));
    }

    private Artifacts artifacts(List<String> hosts, long maxWorkBytes, Duration timeout) {
        ArtifactSettings settings =
                new ArtifactSettings(List.of(root), hosts, directory.resolve("work"), maxWorkBytes, timeout);
        return new Artifacts(settings, new Downloads(hosts, timeout, clock));
    }

    private Path fetch(String uri) {
        return artifacts(List.of(), 1000).fetch("model", new Artifact(uri, sha256), 1000);
    }

    private String http(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void refused(String expected, String uri) {
        DataException refusal = assertThrows(DataException.class, () -> fetch(uri));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
    }

    @Test
    void aFileBelowARootIsReadWhereItLies() throws IOException {
        assertEquals(file.toRealPath(), fetch(file.toUri().toString()));
    }

    @Test
    void noWayLeadsOutOfTheRoots() throws IOException {
        Path secret = Files.write(directory.resolve("secret"), BYTES);
        Files.createSymbolicLink(root.resolve("link"), secret);
        refused("file-roots", secret.toUri().toString());
        refused("file-roots", root.resolve("link").toUri().toString());
        refused("file-roots", root.toUri() + "../secret");
        refused("names no file", "file://host/secret");
        refused("no absolute URI", "secret");
        refused("no URI", "file: x");
        refused("scheme jar", "jar:" + file.toUri() + "!/x");
    }

    @Test
    void whatIsTooLargeOrHasAnotherDigestIsRefused() {
        Artifacts artifacts = artifacts(List.of(), 1000);
        Artifact artifact = new Artifact(file.toUri().toString(), sha256);
        assertThrows(DataException.class, () -> artifacts.fetch("model", artifact, BYTES.length - 1));
        Artifact download = new Artifact(http("/file"), sha256);
        assertThrows(DataException.class, () -> artifacts.fetch("model", download, BYTES.length - 1));
        Artifact other = new Artifact(file.toUri().toString(), "0".repeat(64));
        assertThrows(DataException.class, () -> artifacts.fetch("model", other, 1000));
        Artifact traversal = new Artifact(http("/file"), "../../etc/passwd");
        assertThrows(DataException.class, () -> artifacts.fetch("model", traversal, 1000));
    }

    @Test
    void aDownloadIsKeptUntilItsBytesChange() throws IOException {
        Path kept = fetch(http("/file"));
        assertEquals(kept, fetch(http("/moved")));
        assertEquals(1, asked.get());
        Files.writeString(kept, "tampered with");
        assertEquals(sha256, Digest.sha256(fetch(http("/file"))));
        assertEquals(2, asked.get());
        try (var left = Files.list(directory.resolve("work"))) {
            assertEquals(List.of(kept), left.toList());
        }
    }

    @Test
    void redirectsStayOnHttpAndEnd() {
        refused("not followed", http("/to-file"));
        refused("redirects more than", http("/round"));
        refused("status 404", http("/nothing"));
    }

    @Test
    void aServerThatStallsIsHungUpOn() {
        Artifacts hasty = artifacts(List.of(), 1000, Duration.ofMillis(700));
        Artifact artifact = new Artifact(http("/stalls"), sha256);
        DataException refusal = assertThrows(DataException.class, () -> hasty.fetch("model", artifact, 1000));
        assertTrue(refusal.getMessage().contains("took over 700 ms"), refusal.getMessage());
    }

    @Test
    void onlyHostsThatWereAllowedAreAsked() {
        Artifacts artifacts = artifacts(List.of("models.example"), 1000);
        Artifact artifact = new Artifact(http("/file"), sha256);
        DataException refusal = assertThrows(DataException.class, () -> artifacts.fetch("model", artifact, 1000));
        assertTrue(refusal.getMessage().contains("http-hosts"));
        assertEquals(0, asked.get());
    }

    @Test
    void theLeastRecentlyUsedDownloadGoesWhenRoomRunsOut() throws IOException {
        Path work = Files.createDirectories(directory.resolve("work"));
        Path old = Files.write(work.resolve("0".repeat(64)), BYTES);
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        Path recent = Files.write(work.resolve("1".repeat(64)), BYTES);
        Path kept = artifacts(List.of(), 2L * BYTES.length).fetch("model", new Artifact(http("/file"), sha256), 1000);
        assertTrue(Files.exists(kept) && Files.exists(recent));
        assertFalse(Files.exists(old));
    }
}
