package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.local.stack.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A stack of its own for online studies. The launcher script starts it; all other commands run in this JVM. */
final class OnlineStack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private boolean up;

    OnlineStack(Path folder) {
        this.folder = folder;
    }

    /** Starts it if it does not run. */
    void up() throws IOException, InterruptedException {
        if (!up) {
            new Launcher(folder)
                    .done(Map.of(), "up", "--kafka-port=0", "--http-port=0", "--feedback-port=0", "--slots=1");
            up = true;
        }
    }

    void down() {
        done("down");
        up = false;
    }

    Cli.Output run(String... arguments) {
        Path home = folder.resolve("home");
        return new Cli(home)
                .run(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                        .toArray(String[]::new));
    }

    /** What a command that ends well says. */
    String done(String... arguments) {
        Cli.Output output = run(arguments);
        assertEquals(0, output.exit(), output.err());
        return output.out().strip();
    }

    JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JSON.readTree(done(all.toArray(String[]::new)));
    }

    /** The champion, once the study serves one; commands that need it fail until then. */
    JsonNode served(String study) throws IOException, InterruptedException {
        Cli.Output output = run("study", "champion", study, "--json");
        while (output.exit() != 0) {
            Thread.sleep(100);
            output = run("study", "champion", study, "--json");
        }
        return JSON.readTree(output.out());
    }

    /** Address of the feedback service. */
    String feedback() throws IOException {
        return json("status").get("feedback").asText();
    }

    static JsonNode get(String url) throws IOException, InterruptedException {
        return JSON.readTree(
                Exchange.send(HttpRequest.newBuilder(URI.create(url)).build(), REQUEST_TIMEOUT)
                        .body());
    }

    static JsonNode post(String url, String body, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = Exchange.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                REQUEST_TIMEOUT);
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return JSON.readTree(answer.body());
    }
}
