package io.afterlearner.local.stack;

import io.afterlearner.access.trust.NoAnswer;
import io.afterlearner.local.access.Credentials;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request to a service and waits for the complete response, within one deadline. The timeout of {@link HttpRequest}
 * covers only the headers: a body that stalls, or an upgrade to HTTP/2 that never completes, would block the caller forever.
 */
public final class Exchange {
    private Exchange() {}

    /**
     * Sends the request and waits for the response with its body.
     *
     * @throws HttpTimeoutException if the response is not complete in time
     * @throws IOException if the service cannot be reached, or closes the connection
     */
    public static HttpResponse<byte[]> send(HttpRequest request, Duration within)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                Credentials.ofProcess().client().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete response within " + within.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /** Why there was no answer, in words. */
    public static String reason(IOException e) {
        return NoAnswer.reason(e, Credentials.CA_FILE);
    }
}
