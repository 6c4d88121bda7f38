package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that reach no resource are answered with a problem where the framework lets us, and log nothing. */
@QuarkusTest
class FrameworkAnswersTest {
    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLoggerName() + ": " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void leave() {
        Logger.getLogger("").removeHandler(log);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | GET /echo HTTP/1.1;",
                "400 | GET /nothing HTTP/1.1;",
                "400 | POST /echo HTTP/1.1;Content-Type: application/json;Content-Length: 2;;{}",
                "400 | GET /echo HTTP/1.1;Host:;",
                "400 | GET /echo HTTP/1.0;",
                "403 | GET /nothing HTTP/1.1;Host: evil.example;",
                "403 | GET /q/health HTTP/1.1;Host: 127.0.0.1.evil.example;",
                "404 | GET /nothing HTTP/1.1;Host: localhost;",
                "404 | POST /nothing HTTP/1.1;Host: localhost;",
                "404 | GET /nothing/%00 HTTP/1.1;Host: localhost;",
                "404 | GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1;Host: localhost;",
                "405 | GET /echo HTTP/1.1;Host: localhost;",
                "405 | BREW /echo HTTP/1.1;Host: localhost;",
                "405 | TRACE /echo HTTP/1.1;Host: localhost;",
                "404 | GET /%c3%28 HTTP/1.1;Host: localhost;",
                "406 | POST /echo HTTP/1.1;Host: localhost;Accept: image/png;",
                "415 | POST /echo HTTP/1.1;Host: localhost;Content-Type: text/plain;Content-Length: 2;;{}",
                "415 | POST /echo HTTP/1.1;Host: localhost;Content-Type: //;Content-Length: 2;;{}"
            })
    void aRequestThatReachesNoResourceIsAProblem(int status, String request) throws Exception {
        String closing = request.replaceFirst(";", ";Connection: close;") + (request.contains(";;") ? "" : ";");
        String answer = RawRequest.answer(root, closing.replace(";", "\r\n"));
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
        assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
        assertTrue(answer.contains("\"status\":" + status), answer);
        assertEquals(List.of(), logged);
    }

    /** Vert.x and Quarkus answer these before anything of ours runs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | GET /a b HTTP/1.1;Host: localhost;;",
                "400 | GET /%zz HTTP/1.1;Host: localhost;;",
                "400 | GET /echo%2 HTTP/1.1;Host: localhost;;",
                "400 | nonsense;;",
                "400 | GET /echo HTTP/1.1;Host: localhost;Content-Length: x;;",
                "414 | GET /LONG HTTP/1.1;Host: localhost;;",
                "431 | GET /echo HTTP/1.1;Host: localhost;A: LONG;;"
            })
    void aRequestThatIsMalformedIsRefusedAndLogsNothing(int status, String request) throws Exception {
        String answer = RawRequest.answer(
                root, request.replace("LONG", "x".repeat(30_000)).replace(";", "\r\n"));
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
        assertEquals(List.of(), logged);
    }
}
