package io.afterlearner.evaluation.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.s3.AwsProperties;
import io.afterlearner.evaluation.s3.S3Server;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.evaluation.s3.ScriptedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from S3 have the same promises as those by HTTP. */
@Timeout(120)
class ObjectStoreTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 =
            HexFormat.of().formatHex(Digest.sha256().digest(BYTES));
    private static final URI ADDRESS = URI.create("s3://models/dir/m.onnx");
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder = Path.of("");

    private final List<String> news = new ArrayList<>();
    private AwsProperties valid;

    @BeforeEach
    void configure() {
        valid = AwsProperties.valid();
    }

    @AfterEach
    void restore() {
        valid.close();
    }

    private Path fetch(S3Settings s3, @Nullable String sha256, Duration idle, long maxBytes) {
        Policy.Fixes fixes = new Policy.Fixes("", "check the server", "use a smaller file", "free space");
        Policy policy = new Policy(List.of("nowhere"), LONG, idle, LONG, 1_000_000, fixes);
        return new Downloads(folder.resolve("kept"), policy, new S3Store(s3, idle), news::add)
                .fetch(ADDRESS, sha256, maxBytes, file -> {}, new Uses());
    }

    private String refusal(S3Settings s3, @Nullable String sha256, Duration idle, long maxBytes) {
        return assertThrows(FetchException.class, () -> fetch(s3, sha256, idle, maxBytes))
                .getMessage();
    }

    private static ScriptedStore.Answer half() {
        return exchange -> {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES, 0, 10);
            exchange.getResponseBody().flush();
        };
    }

    private static void rest(HttpExchange exchange) throws IOException {
        byte[] rest = Arrays.copyOfRange(BYTES, 10, BYTES.length);
        exchange.getResponseHeaders().set("Content-Range", "bytes 10-20/21");
        exchange.sendResponseHeaders(206, rest.length);
        exchange.getResponseBody().write(rest);
    }

    @Test
    void anObjectIsFetchedOncePerDigest() throws Exception {
        try (S3Server server = S3Server.start(folder)) {
            server.put("dir/m.onnx", BYTES);
            Path kept = fetch(server.settings(), SHA256, LONG, 1000);
            assertArrayEquals(BYTES, Files.readAllBytes(kept));
            assertEquals(kept, fetch(server.settings(), SHA256, LONG, 1000));
            assertEquals(
                    List.of(
                            "fetched s3://models/dir/m.onnx (21 bytes), kept as " + kept,
                            "using " + kept + ", kept from s3://models/dir/m.onnx"),
                    news);
            assertEquals(kept, fetch(server.settings(), null, LONG, 1000));
            assertEquals(
                    "s3://models/dir/m.onnx has the digest " + SHA256 + ", not " + "0".repeat(64)
                            + "; use the original file or update the digest",
                    refusal(server.settings(), "0".repeat(64), LONG, 1000));
            assertEquals(
                    "s3://models/dir/m.onnx is larger than the limit of 20 bytes; use a smaller file",
                    refusal(server.settings(), null, LONG, 20));
        }
    }

    @Test
    void aBodyThatIsCutShortIsResumedIfItsDigestIsKnown() throws IOException {
        try (ScriptedStore store = new ScriptedStore(half(), ObjectStoreTest::rest)) {
            assertArrayEquals(BYTES, Files.readAllBytes(fetch(store.settings(), SHA256, LONG, 1000)));
            assertEquals("bytes=10-", store.requests().get(1).headers().getFirst("Range"));
        }
        try (ScriptedStore store = new ScriptedStore(half())) {
            assertEquals(
                    "s3://models/dir/m.onnx cannot be fetched: the body ended after 10 of 21 bytes; check the server",
                    refusal(store.settings(), null, LONG, 1000));
        }
    }

    @Test
    void aBodyThatStallsIsGivenUp() throws IOException {
        ScriptedStore.Answer stalls = exchange -> {
            half().to(exchange);
            try {
                Thread.sleep(600_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (ScriptedStore store = new ScriptedStore(stalls)) {
            assertEquals(
                    "s3://models/dir/m.onnx sent fewer than 307 bytes in 300 ms; check the server",
                    refusal(store.settings(), SHA256, Duration.ofMillis(300), 1000));
        }
    }

    /** The process has a heap of 64 MiB. The rest of the object is asked for after its connection breaks in the middle. */
    @Test
    void anObjectLargerThanTheHeapIsFetched() throws Exception {
        int chunks = Integer.getInteger("afterlearner.test.object-mib", 200);
        byte[] chunk = new byte[1 << 20];
        MessageDigest digest = Digest.sha256();
        for (int i = 0; i < chunks; i++) {
            digest.update(chunk);
        }
        ScriptedStore.Answer cut = exchange -> {
            exchange.sendResponseHeaders(200, (long) chunks << 20);
            for (int i = 0; i < chunks / 2; i++) {
                exchange.getResponseBody().write(chunk);
            }
        };
        ScriptedStore.Answer remaining = exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            long from = Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
            long left = ((long) chunks << 20) - from;
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-/*");
            exchange.sendResponseHeaders(206, left);
            for (; left > 0; left -= Math.min(left, chunk.length)) {
                exchange.getResponseBody().write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        };
        String sha256 = HexFormat.of().formatHex(digest.digest());
        try (ScriptedStore store = new ScriptedStore(cut, remaining)) {
            URI endpoint = Objects.requireNonNull(store.settings().endpoint());
            Process process = FetchProcess.start(folder, ADDRESS, sha256, endpoint);
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(folder.resolve(sha256).toString(), printed.strip());
            assertEquals((long) chunks << 20, Files.size(folder.resolve(sha256)));
        }
    }
}
