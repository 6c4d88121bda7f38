package io.afterlearner.study;

import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Fetches files by http(s), whole or not at all, and keeps them: a file asked for with a digest is fetched once.
 *
 * @param folder where they are kept
 */
record Download(Path folder) {
    private static final long MOST_BYTES = 2L << 30;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    Path fetch(FileKey key) {
        Path kept = folder.resolve(name(key.sha256() == null ? key.uri() : key.sha256()));
        if (key.sha256() != null && Files.exists(kept)) {
            return kept;
        }
        try {
            Files.createDirectories(folder);
            get(key, kept);
            return kept;
        } catch (IOException e) {
            throw key.at().error(key.uri() + " cannot be fetched: " + reason(e));
        } catch (IllegalArgumentException e) {
            throw key.at().error(key.uri() + " is not a URL: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw key.at().error(key.uri() + " was being fetched when interrupted");
        }
    }

    private void get(FileKey key, Path kept) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(key.uri()))
                .timeout(ANSWER_WITHIN)
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        Path next = folder.resolve(UUID.randomUUID() + ".part");
        try {
            save(answer, next);
            Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void save(HttpResponse<InputStream> answer, Path file) throws IOException {
        try (InputStream in = answer.body();
                OutputStream out = Files.newOutputStream(file)) {
            if (answer.statusCode() != 200) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            copy(in, out);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            total += read;
            if (total > MOST_BYTES) {
                throw new IOException("it is over 2 GiB");
            }
            out.write(buffer, 0, read);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String name(String text) {
        byte[] digest = Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
