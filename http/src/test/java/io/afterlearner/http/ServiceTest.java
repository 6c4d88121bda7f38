package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What any service with this library refuses. */
@QuarkusTest
class ServiceTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"budget\":1.9} | budget",
                "{\"budget\":\"1\"} | budget",
                "{\"budget\":1,\"budget\":2} | line 1, column",
                "{\"budget\":99999999999999999999} | line 1, column",
                "{\"budget\":1} x | line 1, column",
                "{\"budget\":1}{} | the body cannot be read",
                "{\"bud\\u001bgt\":1} | bud\\\\u001bgt is not a known field",
                "{\"budgt\":1} | budgt is not a known field; use one of [",
                "{\"values\":[1,null]} | values",
                "{\"values\":[1,\"2\"]} | values[1]",
                "{\"values\":1} | values",
                "{\"name\":1} | name",
                "{\"action\":\"JUMP\"} | action is JUMP; give one of [",
                "[1] | the body has the wrong type; give an object",
                "\"x\" | the body has the wrong type; give an object",
                "{\"values\":{}} | values has the wrong type; give a list",
                "{\"budget\":[1]} | budget has the wrong type; give a whole number",
                "{\"name\":{}} | name has the wrong type; give a string",
                "{ | line 1, column"
            })
    void bodiesThatAreNotExactlyWhatIsAskedForAreRefusedWithThePlace(String body, String place) throws Exception {
        HttpResponse<String> answer = post("echo", body, "Content-Type", "application/json");
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"detail\":\""), answer.body());
        assertTrue(answer.body().contains(place), answer.body());
        assertFalse(answer.body().matches("(?s).*(io\\.|java\\.|EchoResource|Deserializ).*"), answer.body());
        assertTrue(
                answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"),
                answer.headers()::toString);
    }

    @Test
    void aTreeIsReadStrictlyToo() throws Exception {
        assertEquals(
                400,
                post("tree", "{\"a\":1,\"a\":2}", "Content-Type", "application/json")
                        .statusCode());
        assertEquals(
                400,
                post("tree", "{\"a\":1} 2", "Content-Type", "application/json").statusCode());
        assertEquals(
                200,
                post("tree", "{\"a\":1}", "Content-Type", "application/json").statusCode());
    }

    @Test
    void pagesOfOtherOriginsAreRefusedUnlessTheyAreConfigured() throws Exception {
        for (String origin : new String[] {"https://evil.example", "null", "http://localhost:1"}) {
            HttpResponse<String> refused = post("echo", "{}", "Content-Type", "application/json", "Origin", origin);
            assertEquals(403, refused.statusCode(), refused.body());
        }
        assertEquals(403, post("echo", "", "Origin", "https://evil.example").statusCode());
        for (String origin :
                new String[] {"https://good.example", "https://a.also.example", "http://" + root.getAuthority()}) {
            HttpResponse<String> taken = post("echo", "{}", "Content-Type", "application/json", "Origin", origin);
            assertEquals(200, taken.statusCode(), taken.body());
        }
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("echo"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBrowserOfAConfiguredOriginGetsItsPreflightAndItsAnswer() throws Exception {
        var allowed = preflight("https://good.example").headers();
        assertEquals(
                "https://good.example",
                allowed.firstValue("access-control-allow-origin").orElse(""));
        assertTrue(allowed.firstValue("access-control-allow-methods").orElse("").contains("POST"), allowed::toString);
        assertTrue(
                allowed.firstValue("access-control-allow-headers").orElse("").contains("content-type"),
                allowed::toString);
        HttpResponse<String> answer =
                post("echo", "{}", "Content-Type", "application/json", "Origin", "https://good.example");
        assertEquals(
                "https://good.example",
                answer.headers().firstValue("access-control-allow-origin").orElse(""));
        HttpResponse<String> refused = preflight("https://evil.example");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.headers().firstValue("access-control-allow-origin").isEmpty());
    }

    @Test
    void aBodyWithoutContentTypeIsRefusedAndNoBodyNeedsNone() throws Exception {
        assertEquals(415, post("echo", "{}").statusCode());
        assertEquals(415, post("echo", "{}", "Content-Type", "text/plain").statusCode());
        assertEquals(200, post("echo", "").statusCode());
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithTheLimit() throws Exception {
        HttpResponse<String> answer = post("echo", " ".repeat(2_000), "Content-Type", "application/json");
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("send at most 1000 in one request"), answer.body());
    }

    @Test
    void aRecordThatKafkaRejectsIsNamed() throws Exception {
        HttpResponse<String> answer = post("rejected", "");
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("topic a rejected the record: too large"), answer.body());
    }

    @Test
    void anAbsentBrokerIsNotTheRequestsFault() throws Exception {
        HttpResponse<String> answer = post("away", "");
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("Kafka did not answer within 5.0 s"), answer.body());
    }
}
