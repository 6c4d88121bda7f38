package io.afterlearner.evaluation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.data.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a folder of downloads, and are killed at any moment. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedFolderTest {
    private static final int SIZE = 300_000;
    private static final int CHUNK = 10_000;
    /** Each ends two processes at random moments. */
    private static final int ROUNDS = Boolean.getBoolean("afterlearner.thorough") ? 20 : 3;

    @TempDir
    Path folder = Path.of("");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final List<Process> processes = new ArrayList<>();
    private final CountDownLatch rest = new CountDownLatch(1);
    private volatile boolean holdsBack;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        for (int i = 0; i < 4; i++) {
            byte[] bytes = new byte[SIZE];
            new Random(i).nextBytes(bytes);
            files.put("/" + i, bytes);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        rest.countDown();
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        server.stop(0);
        serving.shutdownNow();
    }

    /** Slowly enough to be killed in the middle; the second half only when the test wants. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] file = files.get(exchange.getRequestURI().getPath());
        String range = exchange.getRequestHeaders().getFirst("Range");
        synchronized (asked) {
            asked.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
        }
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
        }
        try (exchange) {
            exchange.sendResponseHeaders(range == null ? 200 : 206, SIZE - from);
            for (int at = from; at < SIZE; at += CHUNK) {
                if (holdsBack && at >= SIZE / 2) {
                    rest.await();
                }
                exchange.getResponseBody().write(file, at, Math.min(CHUNK, SIZE - at));
                exchange.getResponseBody().flush();
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Digest.sha256().digest(bytes));
    }

    private String sha256(int file) {
        return sha256(files.get("/" + file));
    }

    private URI uri(int file) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file);
    }

    /** A process that fetches these files, one after another. */
    private Process start(long maxKeptBytes, int... which) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (int file : which) {
            arguments.add(uri(file).toString());
            arguments.add(sha256(file));
        }
        Process process = FetchProcess.start(folder, maxKeptBytes, arguments);
        processes.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Path kept(int file) {
        return folder.resolve(sha256(file));
    }

    private List<Path> parts() throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList();
        }
    }

    private Process killedInTheMiddle() throws Exception {
        holdsBack = true;
        Process process = start(Long.MAX_VALUE, 0);
        while (parts().isEmpty() || Files.size(parts().get(0)) < SIZE / 2) {
            assertTrue(process.isAlive(), "it ended by itself");
            Thread.sleep(10);
        }
        process.destroyForcibly().waitFor();
        holdsBack = false;
        return process;
    }

    @Test
    void aProcessResumesWhereAKilledOneStopped() throws Exception {
        killedInTheMiddle();
        assertEquals(kept(0).toString(), output(start(Long.MAX_VALUE, 0)).readLine());
        assertEquals(sha256(0), Digest.sha256(kept(0)));
        assertEquals(List.of("/0", "/0 bytes=" + SIZE / 2 + "-"), asked);
        assertEquals(List.of(), parts());
    }

    @Test
    void theRestOfAnotherFileIsNotTakenForTheRestOfThisOne() throws Exception {
        killedInTheMiddle();
        Files.write(parts().get(0), new byte[SIZE / 2]);
        assertEquals(kept(0).toString(), output(start(Long.MAX_VALUE, 0)).readLine());
        assertEquals(sha256(0), Digest.sha256(kept(0)));
        assertEquals(List.of("/0", "/0 bytes=" + SIZE / 2 + "-", "/0"), asked);
    }

    @Test
    void whatNobodyResumesIsRemovedAfterADay() throws Exception {
        killedInTheMiddle();
        Path left = parts().get(0);
        assertEquals(kept(1).toString(), output(start(Long.MAX_VALUE, 1)).readLine());
        assertTrue(Files.exists(left), "it may be resumed");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        assertEquals(kept(2).toString(), output(start(Long.MAX_VALUE, 2)).readLine());
        assertEquals(List.of(), parts());
    }

    @Test
    void processesThatWantTheSameFileFetchItOnce() throws Exception {
        holdsBack = true;
        List<Process> both = List.of(start(Long.MAX_VALUE, 0), start(Long.MAX_VALUE, 0));
        while (parts().isEmpty() || Files.size(parts().get(0)) < SIZE / 2) {
            Thread.sleep(10);
        }
        rest.countDown();
        for (Process process : both) {
            assertEquals(kept(0).toString(), output(process).readLine());
        }
        assertEquals(List.of("/0"), asked);
    }

    @Test
    void aFileInUseIsKeptUntilItsUserEndsOrIsKilled() throws Exception {
        long room = 2L * SIZE;
        Process first = start(room, 0, 1);
        assertEquals(kept(0).toString(), output(first).readLine());
        while (!Files.exists(kept(1))) {
            Thread.sleep(10);
        }
        String refusal = output(start(room, 2)).readLine();
        assertEquals(
                folder + " has no room: the files that are in use or on their way take 900000 bytes of 600000 bytes;"
                        + " raise work-mib",
                refusal);
        assertTrue(Files.exists(kept(0)) && Files.exists(kept(1)));
        first.destroyForcibly().waitFor();
        assertEquals(kept(2).toString(), output(start(room, 2)).readLine());
        assertFalse(Files.exists(kept(0)), "the least recently used");
        assertTrue(Files.exists(kept(1)));
    }

    @Test
    void aDownloadLeavesRoomForTheRestOfAnother() throws Exception {
        long room = SIZE * 3L / 2;
        holdsBack = true;
        Process first = start(room, 0);
        while (parts().isEmpty() || Files.size(parts().get(0)) < SIZE / 2) {
            assertTrue(first.isAlive(), "it ended by itself");
            Thread.sleep(10);
        }
        String refusal = output(start(room, 1)).readLine();
        assertTrue(refusal.startsWith(folder + " has no room: "), refusal);
        rest.countDown();
        assertEquals(kept(0).toString(), output(first).readLine());
    }

    @Test
    void killedAtAnyMomentTheFolderStaysBoundedAndItsFilesWhole() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long room = 2L * SIZE;
        for (int round = 0; round < ROUNDS; round++) {
            Process one = start(room, 0, 1, 2, 3);
            Process other = start(room, 3, 2, 1, 0);
            one.waitFor(200 + random.nextInt(800), TimeUnit.MILLISECONDS);
            one.destroyForcibly().waitFor();
            other.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
            other.destroyForcibly().waitFor();
            assertWholeAndBounded(room, "seed " + seed + " round " + round);
        }
        assertEquals(kept(0).toString(), output(start(room, 0)).readLine());
    }

    private void assertWholeAndBounded(long room, String where) throws IOException {
        long taken = 0;
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                taken += Files.size(file);
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{64}")) {
                    assertEquals(name, Digest.sha256(file), where);
                }
            }
        }
        assertTrue(taken <= room, where + ": " + taken);
    }
}
