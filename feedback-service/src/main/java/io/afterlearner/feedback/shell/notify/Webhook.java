package io.afterlearner.feedback.shell.notify;

import io.afterlearner.access.trust.NoAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends notifications to one receiver. Of its answers it reads only the status. */
final class Webhook {
    static final String CA_FILE = "afterlearner.feedback.receivers-ca-file";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    /** @param problem what went wrong, without the address; empty if nothing did */
    record Answer(Outcome outcome, String problem) {}

    private static final Logger LOG = Logger.getLogger(Webhook.class);

    private final Receiver receiver;
    private final HttpClient http;
    private final Duration atMost;

    /** @param atMost maximum time from the request to the status, with the connection */
    Webhook(Receiver receiver, HttpClient http, Duration atMost) {
        this.receiver = receiver;
        this.http = http;
        this.atMost = atMost;
    }

    /**
     * Never follows redirects: the operator listed an address and no other.
     *
     * @param trust null for the authorities of the JDK
     */
    static HttpClient client(@Nullable SSLContext trust) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
        return (trust == null ? client : client.sslContext(trust)).build();
    }

    Receiver receiver() {
        return receiver;
    }

    /** Makes one attempt. */
    Answer send(Notification notification) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(receiver.address())
                .header("Content-Type", receiver.format().mediaType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(notification.body(receiver.format())))
                .build();
        CompletableFuture<HttpResponse<InputStream>> sent =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> answer = sent.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            hangUp(answer.body());
            return answered(answer.statusCode());
        } catch (TimeoutException e) {
            return new Answer(Outcome.RETRIED, "it did not answer within " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Answer(Outcome.RETRIED, reason(e.getCause() == null ? e : e.getCause()));
        } finally {
            sent.cancel(true);
        }
    }

    /** However long the body is, it is not read. */
    private void hangUp(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Its status is known.
            LOG.debugf("the answer of %s cannot be closed: %s", receiver, e);
        }
    }

    /** Other exceptions may have the address in their message. */
    private static String reason(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof SSLException
                ? NoAnswer.reason(failure, CA_FILE)
                : failure.getClass().getSimpleName();
    }

    private static Answer answered(int status) {
        if (status >= 200 && status < 300) {
            return new Answer(Outcome.SENT, "");
        }
        boolean isForNow = status >= SERVER_ERROR || status == TOO_MANY || status == REQUEST_TIMEOUT;
        return new Answer(isForNow ? Outcome.RETRIED : Outcome.FAILED, "it answered " + status);
    }
}
