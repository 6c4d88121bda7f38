package io.afterlearner.evaluation.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server does, a download ends in time with one line, and only whole and right bytes are kept. */
@Timeout(60)
class MisbehavingServerTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 =
            HexFormat.of().formatHex(Digest.sha256().digest(BYTES));
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: ";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder = Path.of("");

    private final List<String> news = new ArrayList<>();

    private Path fetch(RawServer server, String scheme, @Nullable String sha256, Policy policy) {
        return new Downloads(folder, policy, new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)), news::add)
                .fetch(server.uri(scheme), sha256, 1000, file -> {}, new Uses());
    }

    private static Policy policy(Duration answer, Duration idle, Duration whole) {
        return new Policy(
                List.of(),
                answer,
                idle,
                whole,
                1_000_000,
                new Policy.Fixes("", "check the server", "use a smaller file", "free space"));
    }

    private String refusal(RawServer.Answer answer, @Nullable String sha256) throws IOException {
        return refusal("http", answer, sha256, policy(LONG, LONG, LONG));
    }

    private String refusal(String scheme, RawServer.Answer answer, @Nullable String sha256, Policy policy)
            throws IOException {
        try (RawServer server = new RawServer(answer)) {
            FetchException e = assertThrows(FetchException.class, () -> fetch(server, scheme, sha256, policy));
            assertEquals(List.of(), kept());
            return e.getMessage().replace(server.uri(scheme).toString(), "URI");
        }
    }

    private List<Path> kept() throws IOException {
        try (var files = Files.list(folder)) {
            // Parts of slow downloads may be resumed.
            return files.filter(file -> !file.getFileName().toString().matches("\\.locks|part-" + SHA256 + "-900"))
                    .toList();
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        String expected = "URI did not answer within 300 ms; check the server";
        Policy policy = policy(SHORT, LONG, LONG);
        assertEquals(expected, refusal("http", out -> RawServer.stall(), SHA256, policy));
        assertEquals(expected, refusal("https", out -> RawServer.stall(), SHA256, policy));
        RawServer.Answer drip = out -> {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            drip(out, 100);
        };
        assertEquals(expected, refusal("http", drip, SHA256, policy));
    }

    @Test
    void aBodyThatStallsOrDripsIsGivenUpLongBeforeTheTotal() throws IOException {
        RawServer.Answer stalls = out -> {
            RawServer.of(OK + "900", BYTES).write(out);
            RawServer.stall();
        };
        RawServer.Answer drips = out -> {
            out.write(RawServer.head(OK + "900"));
            drip(out, 100);
        };
        Policy policy = policy(LONG, SHORT, LONG);
        for (RawServer.Answer answer : List.of(stalls, drips)) {
            assertEquals(
                    "URI sent fewer than 307 bytes in 300 ms; check the server",
                    refusal("http", answer, SHA256, policy));
        }
    }

    @Test
    void theTotalCountsHoweverOftenBytesArriveAndOverAllRedirects() throws IOException {
        RawServer.Answer drips = out -> {
            out.write(RawServer.head(OK + "900"));
            drip(out, 100);
        };
        assertEquals("URI took over LIMIT; check the server", refusalOfABody(drips));
        RawServer.Answer slowRedirect = out -> {
            Thread.sleep(200);
            out.write(RawServer.head("HTTP/1.1 302 Found\nLocation: /file\nContent-Length: 0\nConnection: close"));
        };
        String slow = refusal("http", slowRedirect, SHA256, policy(LONG, LONG, SHORT));
        assertTrue(slow.startsWith("URI did not answer within"), slow);
    }

    /** The refusal with the shortest limit that lets the response head arrive on this machine. */
    private String refusalOfABody(RawServer.Answer answer) throws IOException {
        for (Duration limit = SHORT; ; limit = limit.multipliedBy(2)) {
            String said = refusal("http", answer, SHA256, policy(LONG, LONG, limit));
            if (!said.contains(" did not answer within ")) {
                return said.replace(Shown.of(limit), "LIMIT");
            }
        }
    }

    private static void drip(OutputStream out, long everyMillis) throws IOException, InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            out.write('x');
            out.flush();
            Thread.sleep(everyMillis);
        }
    }

    @Test
    void aBodyThatIsCutShortIsNotKept() throws IOException {
        String fixed = refusal(RawServer.of(OK + "900", BYTES), null);
        assertTrue(fixed.startsWith("URI cannot be fetched: "), fixed);
        String chunked = refusal(
                RawServer.of(
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "ff\r\nxyz".getBytes(StandardCharsets.US_ASCII)),
                null);
        assertTrue(chunked.startsWith("URI cannot be fetched: "), chunked);
    }

    @Test
    void withoutALengthOnlyADigestShowsThatNothingIsMissing() throws IOException {
        RawServer.Answer untilClosed = RawServer.of("HTTP/1.0 200 OK", BYTES);
        assertEquals(
                "URI does not say how long it is, so a part of it could be missing; give its sha256",
                refusal(untilClosed, null));
        try (RawServer server = new RawServer(untilClosed)) {
            assertArrayEquals(BYTES, Files.readAllBytes(fetch(server, "http", SHA256, policy(LONG, LONG, LONG))));
        }
    }

    @Test
    void aBodyLargerThanTheLimitIsAbandoned() throws IOException {
        assertEquals(
                "URI is larger than the limit of 1000 bytes; use a smaller file",
                refusal(RawServer.of(OK + "1001", BYTES), SHA256));
        RawServer.Answer endless = out -> {
            out.write(RawServer.head("HTTP/1.1 200 OK\nTransfer-Encoding: chunked"));
            while (true) {
                out.write(("64\r\n" + "x".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        };
        assertEquals("URI is larger than the limit of 1000 bytes; use a smaller file", refusal(endless, SHA256));
    }

    @Test
    void bytesAfterTheAnnouncedLengthAreNotRead() throws IOException {
        byte[] more = (new String(BYTES, StandardCharsets.UTF_8) + " and more").getBytes(StandardCharsets.UTF_8);
        try (RawServer server = new RawServer(RawServer.of(OK + BYTES.length, more))) {
            assertArrayEquals(BYTES, Files.readAllBytes(fetch(server, "http", SHA256, policy(LONG, LONG, LONG))));
        }
    }

    @Test
    void wrongBytesAreNotKeptAndTheRightOnesAreAskedForAgain() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        RawServer.Answer wrongFirst =
                out -> RawServer.of(OK + BYTES.length, answers.getAndIncrement() == 0 ? new byte[BYTES.length] : BYTES)
                        .write(out);
        try (RawServer server = new RawServer(wrongFirst)) {
            Policy policy = policy(LONG, LONG, LONG);
            assertThrows(FetchException.class, () -> fetch(server, "http", SHA256, policy));
            assertEquals(List.of(), kept());
            Path right = fetch(server, "http", SHA256, policy);
            assertEquals(right, fetch(server, "http", SHA256, policy));
            assertEquals(2, server.asked());
            assertEquals(
                    List.of(
                            "fetched " + server.uri("http") + " (21 bytes), kept as " + right,
                            "using " + right + ", kept from " + server.uri("http")),
                    news);
        }
    }

    @Test
    void whatIsNotTheFileIsSaid() throws IOException {
        byte[] page = "\n<!DOCTYPE html><p>Not found".getBytes(StandardCharsets.UTF_8);
        String expected = "URI answers with a web page instead of the file; give the address of the raw file";
        assertEquals(expected, refusal(RawServer.of(OK + page.length, page), null));
        assertEquals(expected, refusal(RawServer.of(OK + page.length, page), SHA256));
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\noid".getBytes(StandardCharsets.UTF_8);
        String lfs = refusal(RawServer.of(OK + pointer.length, pointer), SHA256);
        assertTrue(lfs.contains("Git LFS pointer"), lfs);
        String missing = refusal(RawServer.of("HTTP/1.1 404 Not Found\nContent-Length: " + page.length, page), SHA256);
        assertEquals("URI answers with status 404; check the address, and whether it needs a login", missing);
    }

    @Test
    void anEncodedAnswerIsNotTakenForTheFile() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(BYTES);
        }
        assertEquals(
                "URI sends the file in the encoding gzip, which was not requested; serve it without an encoding",
                refusal(RawServer.of(OK + packed.size() + "\nContent-Encoding: gzip", packed.toByteArray()), null));
    }

    @Test
    void noMessageHasAPasswordOrASignature() throws IOException {
        try (RawServer server = new RawServer(RawServer.of("HTTP/1.1 403 Forbidden\nContent-Length: 0", new byte[0]))) {
            var signed = java.net.URI.create(server.uri("http") + "?X-Signature=secret");
            FetchException e = assertThrows(
                    FetchException.class,
                    () -> new Downloads(
                                    folder,
                                    policy(LONG, LONG, LONG),
                                    new S3Store(S3Settings.DEFAULT, Duration.ofMinutes(1)),
                                    news::add)
                            .fetch(signed, SHA256, 1000, file -> {}, new Uses()));
            assertTrue(e.getMessage().startsWith(server.uri("http") + "?… answers"), e.getMessage());
        }
    }
}
