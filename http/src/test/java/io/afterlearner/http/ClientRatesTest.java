package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service with few requests per client and no other origins. */
@QuarkusTest
@TestProfile(ClientRatesTest.Strict.class)
class ClientRatesTest {
    /** The settings. */
    public static final class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("afterlearner.http.client-requests-per-second", "2", "afterlearner.http.origins", "");
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    private HttpResponse<String> send(String forwardedFor) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("echo"))
                .header("X-Forwarded-For", forwardedFor)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** At most 20 per 10 s; the next 10 s may begin meanwhile. Without a proxy configured, a header is no other client. */
    @Test
    void aClientThatSendsTooManyRequestsIsToldHowLongToWait() throws Exception {
        int taken = 0;
        HttpResponse<String> answer = send("10.0.0.0");
        while (answer.statusCode() == 200 && taken <= 40) {
            taken++;
            answer = send("10.0.0." + taken);
        }
        assertTrue(taken >= 20, "refused after " + taken);
        assertEquals(429, answer.statusCode());
        assertTrue(answer.body().contains("2 requests per second from one client"), answer.body());
        long wait = answer.headers().firstValueAsLong("Retry-After").orElse(0);
        assertTrue(wait >= 1 && wait <= 11, "Retry-After " + wait);
    }

    @Test
    void withoutOriginsThereIsNoCors() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("echo"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers("Origin", "https://good.example", "Access-Control-Request-Method", "POST")
                .build();
        var headers = client.send(request, HttpResponse.BodyHandlers.ofString()).headers();
        assertTrue(headers.firstValue("access-control-allow-origin").isEmpty(), headers::toString);
    }

    @Test
    void aClientIsAnAddressOrANetwork() {
        assertEquals("10.1.2.3", ClientRates.client(SocketAddress.inetSocketAddress(80, "10.1.2.3")));
        assertEquals(
                ClientRates.client(SocketAddress.inetSocketAddress(80, "2001:db8:1:2:3:4:5:6")),
                ClientRates.client(SocketAddress.inetSocketAddress(80, "2001:db8:1:2:9:9:9:9")));
        assertEquals("", ClientRates.client(null));
    }
}
