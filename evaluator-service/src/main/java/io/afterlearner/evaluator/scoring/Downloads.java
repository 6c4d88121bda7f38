package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gets files over HTTP: so many bytes, so long, from these hosts, redirects included. Thread-safe. */
public final class Downloads {
    private static final int MAX_REDIRECTS = 5;

    private final List<String> hosts;
    private final Duration timeout;
    private final ScheduledExecutorService clock;
    private final HttpClient client;

    /**
     * @param hosts that may be asked; empty allows all
     * @param timeout of connecting, and of a whole download
     */
    public Downloads(List<String> hosts, Duration timeout, ScheduledExecutorService clock) {
        this.hosts = hosts;
        this.timeout = timeout;
        this.clock = clock;
        // Redirects are followed here, hop by hop, so that each meets the same checks as the first address.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * @return SHA-256 of what was written to {@code file}
     * @throws DataException if the address may not be asked, answers no, or sends more than {@code maxBytes}
     */
    String download(String what, URI uri, Path file, long maxBytes) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            checkHost(what, at);
            HttpResponse<InputStream> answer = ask(what, at);
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    return copy(what, at, body, file, maxBytes);
                }
                at = redirected(what, at, answer);
            }
        }
        throw new DataException(what + ": " + uri + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private void checkHost(String what, URI uri) {
        String host = uri.getHost();
        if (host == null || (!hosts.isEmpty() && !hosts.contains(host.toLowerCase(Locale.ROOT)))) {
            throw new DataException(what + ": " + uri + " is on a host this evaluator may not ask;"
                    + " add it to afterlearner.evaluator.http-hosts");
        }
    }

    private HttpResponse<InputStream> ask(String what, URI uri) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw tooSlow(what, uri);
        } catch (IllegalArgumentException e) {
            throw new DataException(what + ": " + uri + " cannot be asked: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the evaluator stops", e);
        }
    }

    private DataException tooSlow(String what, URI uri) {
        return new DataException(what + ": " + uri + " took over " + timeout.toMillis()
                + " ms; raise afterlearner.evaluator.download-timeout");
    }

    private static URI redirected(String what, URI from, HttpResponse<InputStream> answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
            throw new DataException(what + ": " + from + " answers with status " + answer.statusCode());
        }
        URI to = from.resolve(location);
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        boolean plain = "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
        if (!secure && !plain) {
            throw new DataException(what + ": " + from + " redirects to " + to + ", which is not followed");
        }
        return to;
    }

    private String copy(String what, URI uri, InputStream body, Path file, long maxBytes) throws IOException {
        MessageDigest digest = Digest.sha256();
        AtomicBoolean late = new AtomicBoolean();
        // A server that stops sending would hold the reader for ever.
        Runnable hangUp = () -> {
            late.set(true);
            close(body);
        };
        ScheduledFuture<?> alarm = clock.schedule(hangUp, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(what, uri, body, new DigestOutputStream(out, digest), maxBytes);
        } catch (IOException e) {
            if (!late.get()) {
                throw e;
            }
        } finally {
            alarm.cancel(false);
        }
        if (late.get()) {
            throw tooSlow(what, uri);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void copy(String what, URI uri, InputStream from, OutputStream to, long maxBytes)
            throws IOException {
        byte[] chunk = new byte[1 << 16];
        long left = maxBytes;
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            left -= read;
            if (left < 0) {
                throw new DataException(what + ": " + uri + " has over " + maxBytes + " bytes, this evaluator's limit");
            }
            to.write(chunk, 0, read);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
