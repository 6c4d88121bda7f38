package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** HTTP GET into a file under a {@link Policy}. Thread-safe. */
final class Http {
    private static final int MAX_REDIRECTS = 5;

    private final Policy policy;
    private final HttpClient client;

    Http(Policy policy) {
        this.policy = policy;
        // Redirects are followed here, so that each hop is checked like the first address.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(policy.answerWithin())
                .build();
    }

    /**
     * Writes what the address answers to the file.
     *
     * @param verified whether the caller compares the digest; else the answer must say how long it is
     */
    void get(URI uri, Path file, long maxBytes, boolean verified) throws IOException {
        long deadlineNanos = System.nanoTime() + policy.wholeWithin().toNanos();
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            checkHost(at);
            HttpResponse<InputStream> answer = ask(at, deadlineNanos);
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    new Transfer(at, policy, deadlineNanos, maxBytes).write(answer, body, file, verified);
                    return;
                }
                at = redirected(at, answer);
            }
        }
        throw new FetchException(
                Shown.of(uri) + " redirects more than " + MAX_REDIRECTS + " times", "give the final address");
    }

    private void checkHost(URI uri) {
        String host = uri.getHost();
        if (host == null || (!policy.hosts().isEmpty() && !policy.hosts().contains(host.toLowerCase(Locale.ROOT)))) {
            throw new FetchException(
                    Shown.of(uri) + " is on a host that is not allowed",
                    policy.fixes().hosts());
        }
    }

    private HttpResponse<InputStream> ask(URI uri, long deadlineNanos) throws IOException {
        Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
        Duration within = left.compareTo(policy.answerWithin()) < 0 ? left : policy.answerWithin();
        try {
            return client.send(request(uri, within), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException | ConnectException e) {
            throw unanswered(uri, within, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static HttpRequest request(URI uri, Duration within) {
        try {
            return HttpRequest.newBuilder(uri)
                    .timeout(within)
                    .header("Accept-Encoding", "identity")
                    .build();
        } catch (IllegalArgumentException e) {
            throw new FetchException(
                    new Refusal(Shown.of(uri) + " cannot be fetched: " + e.getMessage(), "correct the address"), e);
        }
    }

    private FetchException unanswered(URI uri, Duration within, IOException e) {
        return e instanceof ConnectException away
                ? new FetchException(
                        new Refusal(
                                Shown.of(uri) + " cannot be reached: " + connecting(away),
                                "check the address and the connection"),
                        e)
                : new FetchException(
                        new Refusal(
                                Shown.of(uri) + " did not answer within " + Shown.of(within),
                                policy.fixes().time()),
                        e);
    }

    private static String connecting(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException || e.getMessage() == null
                ? "the host is unknown or refuses the connection"
                : e.getMessage();
    }

    private static URI redirected(URI from, HttpResponse<InputStream> answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
            throw new FetchException(
                    Shown.of(from) + " answers with status " + answer.statusCode(),
                    "check the address, and whether it needs a login");
        }
        URI to = target(from, location);
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        boolean plain = "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
        if (!secure && !plain) {
            throw new FetchException(
                    Shown.of(from) + " redirects to " + Shown.of(to) + ", which is not followed",
                    "give an https address");
        }
        return to;
    }

    private static URI target(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new FetchException(
                    new Refusal(Shown.of(from) + " redirects to an invalid address", "give the final address"), e);
        }
    }
}
