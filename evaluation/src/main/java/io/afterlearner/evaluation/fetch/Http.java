package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
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
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** HTTP GET into a file under a {@link Policy}. Thread-safe. */
final class Http {
    private static final int MAX_REDIRECTS = 5;

    private final Policy policy;
    private final HttpClient client;

    Http(Policy policy) {
        this.policy = policy;
        // Redirects are followed here, so that each hop is checked like the first address.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(policy.answerWithin())
                .build();
    }

    /** Writes what the address answers to the file. */
    void get(URI uri, Path file, long maxBytes) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            checkHost(at);
            HttpResponse<InputStream> answer = ask(at);
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    copy(at, body, file, maxBytes);
                    return;
                }
                at = redirected(at, answer);
            }
        }
        throw new FetchException(uri + " redirects more than " + MAX_REDIRECTS + " times", "give the final address");
    }

    private void checkHost(URI uri) {
        String host = uri.getHost();
        if (host == null || (!policy.hosts().isEmpty() && !policy.hosts().contains(host.toLowerCase(Locale.ROOT)))) {
            throw new FetchException(uri + " is on a host that is not allowed", policy.hostsFix());
        }
    }

    private HttpResponse<InputStream> ask(URI uri) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(policy.answerWithin()).build();
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw tooSlow(uri, policy.answerWithin());
        } catch (IllegalArgumentException e) {
            throw new FetchException(new Refusal(uri + " cannot be fetched: " + e.getMessage(), ""), e, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private FetchException tooSlow(URI uri, Duration limit) {
        return new FetchException(uri + " took over " + limit.toMillis() + " ms", policy.timeFix());
    }

    private static URI redirected(URI from, HttpResponse<InputStream> answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
            throw new FetchException(from + " answers with status " + answer.statusCode(), "");
        }
        URI to = from.resolve(location);
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        boolean plain = "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
        if (!secure && !plain) {
            throw new FetchException(from + " redirects to " + to + ", which is not followed", "give an https address");
        }
        return to;
    }

    private void copy(URI uri, InputStream body, Path file, long maxBytes) throws IOException {
        // A server that stops sending would block the reader forever.
        CompletableFuture<Void> alarm = new CompletableFuture<Void>()
                .completeOnTimeout(null, policy.wholeWithin().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> hangUp = alarm.thenRun(() -> close(body));
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(uri, body, out, maxBytes);
        } catch (IOException e) {
            if (!alarm.isDone()) {
                throw e;
            }
        } finally {
            hangUp.cancel(false);
        }
        if (alarm.isDone()) {
            throw tooSlow(uri, policy.wholeWithin());
        }
    }

    private static void copy(URI uri, InputStream from, OutputStream to, long maxBytes) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long left = maxBytes;
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            left -= read;
            if (left < 0) {
                throw new FetchException(uri + " has over " + maxBytes + " bytes, the limit", "");
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
