package io.afterlearner.operator.services;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.access.trust.LimitedBody;
import io.afterlearner.access.trust.NoAnswer;
import io.afterlearner.operator.services.ServiceException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/**
 * Requests to a service: HTTP/1.1, with the operator's key, without redirects, and a deadline over each whole answer. The key is read
 * for each request, so that it can be replaced while the operator runs.
 */
public final class RestClient {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final int MAX_DETAIL = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final String address;
    private final @Nullable Path keyFile;
    private final HttpClient client;

    /**
     * @param address such as {@code http://afterlearner-optimizer:8080}
     * @param keyFile null if the service needs no key
     * @param trust null for the authorities of the JDK
     */
    public RestClient(URI address, @Nullable Path keyFile, @Nullable SSLContext trust) {
        this.address = address.toString().replaceFirst("/+$", "");
        this.keyFile = keyFile;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(DEADLINE)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** @param body null for none */
    HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (keyFile != null) {
            request.header("Authorization", "Bearer " + key(keyFile));
        }
        return answer(request.build());
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new LimitedBody(MAX_BODY_BYTES));
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable("no complete answer within " + DEADLINE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw unreachable(
                    NoAnswer.reason(e.getCause() == null ? e : e.getCause(), "afterlearner.operator.ca-file"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the operator is stopping");
        } finally {
            answer.cancel(true);
        }
    }

    private static String key(Path file) {
        try {
            String key = Files.readString(file).strip();
            if (KEY.matcher(key).matches()) {
                return key;
            }
        } catch (IOException e) {
            throw new ServiceException(
                    Kind.UNAUTHORIZED, "the file with the operator's key, " + file + ", cannot be read; mount it");
        }
        throw new ServiceException(
                Kind.UNAUTHORIZED, file + " is not a key; give one line, as ./afterlearner keys create prints it");
    }

    /** The answer if it is a success. */
    HttpResponse<byte[]> checked(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return answer;
        }
        String detail = detail(answer);
        if (status == 401 || status == 403) {
            throw new ServiceException(
                    Kind.UNAUTHORIZED,
                    this + " does not accept the operator's key (" + status + "): " + detail
                            + "; use a key with the roles operator and admin for the studies of its namespaces");
        }
        if (status == 408 || status == 429 || status >= 500) {
            throw new ServiceException(Kind.UNREACHABLE, address + " is not ready: status " + status + ", " + detail);
        }
        throw new ServiceException(Kind.REFUSED, detail);
    }

    private static String detail(HttpResponse<byte[]> answer) {
        String text;
        try {
            text = JSON.readTree(answer.body()).path("detail").asText("");
        } catch (IOException e) {
            text = "";
        }
        String detail = text.isBlank() ? "status " + answer.statusCode() + " without a reason" : text;
        return detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail;
    }

    <T> T parsed(byte[] body, TypeReference<T> type) {
        try {
            return JSON.readValue(body, type);
        } catch (IOException e) {
            throw new ServiceException(
                    Kind.UNREACHABLE,
                    address + " sent an answer that the operator does not understand: "
                            + e.getClass().getSimpleName());
        }
    }

    ServiceException unreachable(String why) {
        return new ServiceException(Kind.UNREACHABLE, address + " does not answer: " + why);
    }

    @Override
    public String toString() {
        return address;
    }
}
