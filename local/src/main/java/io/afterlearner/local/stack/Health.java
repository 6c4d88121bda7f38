package io.afterlearner.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Asks a service whether it is ready. */
public final class Health {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private Health() {}

    public static boolean ready(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .build();
        try {
            return Exchange.send(request, REQUEST_TIMEOUT).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
