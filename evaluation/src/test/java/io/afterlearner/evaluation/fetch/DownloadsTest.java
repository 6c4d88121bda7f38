package io.afterlearner.evaluation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 =
            HexFormat.of().formatHex(Digest.sha256().digest(BYTES));

    @TempDir
    Path folder = Path.of("");

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/file", this::answer);
        server.createContext("/to-file", exchange -> redirect(exchange, "file:///etc/hostname"));
        server.createContext("/moved", exchange -> redirect(exchange, "/file"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serving.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(200, BYTES.length);
        exchange.getResponseBody().write(BYTES);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Path fetch(String path, @Nullable String sha256) {
        return fetch(path, sha256, List.of(), Duration.ofMinutes(1), 1000);
    }

    private Path fetch(
            String path, @Nullable String sha256, List<String> hosts, Duration wholeWithin, long maxKeptBytes) {
        Duration minute = Duration.ofMinutes(1);
        Policy.Fixes fixes = new Policy.Fixes("allow it", "raise the limit", "use a smaller file", "free space");
        Policy policy = new Policy(hosts, minute, minute, wholeWithin, maxKeptBytes, fixes);
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Downloads(folder, policy, new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)), line -> {})
                .fetch(uri, sha256, 1000, file -> {}, new Uses());
    }

    private void assertRefused(String expected, String path) {
        FetchException e = assertThrows(FetchException.class, () -> fetch(path, SHA256));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void aFileAskedForByDigestIsKeptUntilItsBytesChange() throws IOException {
        Path kept = fetch("/file", SHA256);
        assertEquals(kept, fetch("/moved", SHA256));
        assertEquals(1, asked.get());
        Files.writeString(kept, "tampered with");
        assertEquals(SHA256, Digest.sha256(fetch("/file", SHA256)));
        assertEquals(2, asked.get());
        try (var left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve(".locks"), kept), left.sorted().toList());
        }
    }

    @Test
    void withoutADigestAFileIsFetchedEachTime() {
        assertEquals(fetch("/file", null), fetch("/file", null));
        assertEquals(2, asked.get());
        fetch("/file", SHA256);
        assertEquals(2, asked.get());
    }

    @Test
    void anotherDigestIsNamedAndNothingIsKept() throws IOException {
        FetchException e = assertThrows(FetchException.class, () -> fetch("/file", "0".repeat(64)));
        assertEquals(SHA256, e.found());
        assertEmpty();
    }

    @Test
    void filesLieTogetherUnderTheNamesThatTheModelUses() throws IOException {
        Path model = Files.writeString(folder.resolve("model"), "model");
        Path data = Files.writeString(folder.resolve("data"), "data");
        Downloads downloads = new Downloads(
                folder.resolve("kept"),
                new Policy(
                        List.of(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Long.MAX_VALUE,
                        new Policy.Fixes("", "", "", "")),
                new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)),
                line -> {});
        for (String content : List.of("data", "other")) {
            Files.writeString(data, content);
            Path together =
                    downloads.together(content, model, new TreeMap<>(Map.of("sub/weights.bin", data)), new Uses());
            assertEquals("model", Files.readString(together));
            assertEquals(content, Files.readString(together.resolveSibling("sub/weights.bin")));
        }
    }

    @Test
    void redirectsStayOnHttpAndEnd() {
        assertRefused("not followed", "/to-file");
        assertRefused("redirects more than", "/round");
        assertRefused("status 404", "/nothing");
    }

    @Test
    void onlyAllowedHostsAreAsked() {
        FetchException e = assertThrows(
                FetchException.class,
                () -> fetch("/file", SHA256, List.of("models.example"), Duration.ofMinutes(1), 1000));
        assertTrue(e.getMessage().endsWith("not allowed; allow it"), e.getMessage());
        assertEquals(0, asked.get());
    }

    @Test
    void beyondTheLimitTheLeastRecentlyUsedFileIsDeleted() throws IOException {
        Path old = Files.write(folder.resolve("0".repeat(64)), BYTES);
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        Path recent = Files.write(folder.resolve("1".repeat(64)), BYTES);
        Path kept = fetch("/file", SHA256, List.of(), Duration.ofMinutes(1), 2L * BYTES.length);
        assertTrue(Files.exists(kept) && Files.exists(recent));
        assertFalse(Files.exists(old));
    }

    @Test
    void aFileThatTheCallerRefusesIsNotKept() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
        FetchException refusal = new FetchException("it is no model", "");
        FetchException e = assertThrows(
                FetchException.class,
                () -> new Downloads(
                                folder, generous(), new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)), line -> {})
                        .fetch(
                                uri,
                                null,
                                1000,
                                file -> {
                                    throw refusal;
                                },
                                new Uses()));
        assertEquals(refusal, e);
        assertEmpty();
    }

    private static Policy generous() {
        Duration minute = Duration.ofMinutes(1);
        return new Policy(List.of(), minute, minute, minute, 1000, new Policy.Fixes("", "", "", "free space"));
    }

    private void assertEmpty() throws IOException {
        try (var left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve(".locks")), left.toList());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
        FetchException e = assertThrows(
                FetchException.class,
                () -> new Downloads(
                                file, generous(), new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)), line -> {})
                        .fetch(uri, SHA256, 1000, bytes -> {}, new Uses()));
        assertTrue(e.getMessage().startsWith(uri + " cannot be kept in " + file + ": "), e.getMessage());
        assertTrue(e.getMessage().endsWith("; free space"), e.getMessage());
        assertEquals(0, asked.get());
    }
}
