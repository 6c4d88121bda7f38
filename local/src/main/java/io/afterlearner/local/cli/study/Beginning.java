package io.afterlearner.local.cli.study;

import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.local.stack.Poll;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Waits until the feedback service assigns units of a study that was created a moment ago. */
final class Beginning {
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int NOT_BEGUN = 503;

    private Beginning() {}

    /**
     * Whether units can be assigned within this time. True also if the service does not say so, for example because it wants
     * another key.
     */
    static boolean await(URI feedback, String study, Duration within) throws InterruptedException {
        String path = "/v1/studies/" + URLEncoder.encode(study, StandardCharsets.UTF_8) + "/champion";
        HttpRequest request = Credentials.ofProcess()
                .request(URI.create(feedback.toString().replaceAll("/+$", "") + path))
                .build();
        return Poll.untilTrue(within, EVERY, () -> hasBegun(request));
    }

    private static boolean hasBegun(HttpRequest request) throws InterruptedException {
        try {
            int status = Exchange.send(request, ANSWER).statusCode();
            return status != NOT_FOUND && status != NOT_BEGUN;
        } catch (IOException e) {
            return false;
        }
    }
}
