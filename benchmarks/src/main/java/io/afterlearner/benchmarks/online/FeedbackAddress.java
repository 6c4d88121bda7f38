package io.afterlearner.benchmarks.online;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Where the feedback service is, and what it is shown.
 *
 * @param base such as {@code http://127.0.0.1:8082}
 * @param authorization value of this header in each request, if there is one
 */
record FeedbackAddress(URI base, Optional<String> authorization) {
    HttpConnection open() throws IOException {
        return HttpConnection.open(base, authorization);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return base.toString();
    }
}
