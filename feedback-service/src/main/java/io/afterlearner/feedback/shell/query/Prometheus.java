package io.afterlearner.feedback.shell.query;

import io.afterlearner.access.trust.LimitedBody;
import io.afterlearner.access.trust.NoAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The HTTP API of one Prometheus, or of what speaks it. No redirects, a deadline over each whole answer, and answers of limited size. */
final class Prometheus {
    static final int MAX_BODY_BYTES = 1 << 16;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final URI address;
    private final @Nullable Path tokenFile;
    private final Duration deadline;
    private final HttpClient client;

    /**
     * Connects with the first query.
     *
     * @param tokenFile null for no token
     * @param trust null for the authorities of the JDK
     * @param deadline of a whole answer
     */
    Prometheus(String address, @Nullable Path tokenFile, @Nullable SSLContext trust, Duration deadline) {
        this.address = URI.create(address.replaceFirst("/+$", "") + "/api/v1/query");
        this.tokenFile = tokenFile;
        this.deadline = deadline;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER);
        client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** The value of a query at a time, epoch milliseconds. */
    Answer ask(String promql, long atMillis) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8) + "&time="
                                + BigDecimal.valueOf(atMillis, 3).toPlainString() + "&timeout=" + deadline.toMillis()
                                + "ms"));
        if (tokenFile != null) {
            String token = token(tokenFile);
            if (token == null) {
                return new Answer.Unreachable(
                        tokenFile + " is no token; mount a file with one line of printable ASCII");
            }
            request.header("Authorization", "Bearer " + token);
        }
        return answer(request.build());
    }

    private Answer answer(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new LimitedBody(MAX_BODY_BYTES));
        try {
            HttpResponse<byte[]> got = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return Answer.of(got.statusCode(), got.body());
        } catch (TimeoutException e) {
            return new Answer.Unreachable("Prometheus gives no complete answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Answer.Unreachable("Prometheus does not answer: "
                    + NoAnswer.reason(
                            e.getCause() == null ? e : e.getCause(), "afterlearner.feedback.prometheus-ca-file"));
        } finally {
            answer.cancel(true);
        }
    }

    private static @Nullable String token(Path file) {
        try {
            String token = Files.readString(file).strip();
            return TOKEN.matcher(token).matches() ? token : null;
        } catch (IOException e) {
            return null;
        }
    }
}
