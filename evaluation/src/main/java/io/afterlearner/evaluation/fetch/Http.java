package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;

/** HTTP GET under a {@link Policy}. Thread-safe. */
final class Http implements Source {
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

    @Override
    public Answer open(URI uri, long fromBytes, long deadlineNanos) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            checkHost(at);
            HttpResponse<InputStream> answer = ask(at, fromBytes, deadlineNanos);
            if (answer.statusCode() == 200 || isRest(answer, fromBytes)) {
                return answer(answer, answer.statusCode() == 200 ? 0 : fromBytes);
            }
            answer.body().close();
            if (fromBytes > 0 && answer.statusCode() / 100 != 3) {
                // Whatever is wrong with the range: what is wrong with the whole file is for the user.
                return open(at, 0, deadlineNanos);
            }
            at = redirected(at, answer);
        }
        throw new FetchException(
                Shown.of(uri) + " redirects more than " + MAX_REDIRECTS + " times", "give the final address");
    }

    private static boolean isRest(HttpResponse<?> answer, long fromBytes) {
        return fromBytes > 0
                && answer.statusCode() == 206
                && answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + fromBytes + "-");
    }

    private static Answer answer(HttpResponse<InputStream> answer, long fromBytes) {
        HttpHeaders headers = answer.headers();
        long length = headers.firstValueAsLong("Content-Length").orElse(-1);
        return new Answer(
                answer.body(),
                fromBytes,
                length,
                length >= 0 || headers.firstValue("Transfer-Encoding").isPresent(),
                headers.firstValue("Content-Encoding").orElse("identity"),
                answer.body());
    }

    private void checkHost(URI uri) {
        String host = uri.getHost();
        if (host == null || (!policy.hosts().isEmpty() && !policy.hosts().contains(host.toLowerCase(Locale.ROOT)))) {
            throw new FetchException(
                    Shown.of(uri) + " is on a host that is not allowed",
                    policy.fixes().hosts());
        }
    }

    private HttpResponse<InputStream> ask(URI uri, long fromBytes, long deadlineNanos) throws IOException {
        Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
        Duration within = left.compareTo(policy.answerWithin()) < 0 ? left : policy.answerWithin();
        try {
            return client.send(request(uri, fromBytes, within), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException | ConnectException e) {
            throw unanswered(uri, within, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static HttpRequest request(URI uri, long fromBytes, Duration within) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).timeout(within).header("Accept-Encoding", "identity");
            return (fromBytes == 0 ? request : request.header("Range", "bytes=" + fromBytes + "-")).build();
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
