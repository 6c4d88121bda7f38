package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An online study from its file to its revert, by the launcher script and over HTTP. */
@Timeout(180)
class OnlineIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String[] UP = {
        "up", "--kafka-port", "0", "--http-port", "0", "--feedback-port", "0", "--slots", "1"
    };

    @TempDir
    Path folder;

    @AfterEach
    void down() throws IOException, InterruptedException {
        run("down");
    }

    private record Said(int exit, String out, String err) {}

    private Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("afterlearner").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Said(exit, Files.readString(out).strip(), Files.readString(err));
    }

    /** What a command that ends well says. */
    private String done(String... arguments) throws IOException, InterruptedException {
        Said said = run(arguments);
        assertEquals(0, said.exit(), said.err());
        return said.out();
    }

    private JsonNode json(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JSON.readTree(done(all.toArray(String[]::new)));
    }

    /** The champion, once the study serves one; commands that need it fail until then. */
    private JsonNode served(String study) throws IOException, InterruptedException {
        Said said = run("study", "champion", study, "--json");
        while (said.exit() != 0) {
            Thread.sleep(100);
            said = run("study", "champion", study, "--json");
        }
        return JSON.readTree(said.out());
    }

    private String feedback() throws IOException, InterruptedException {
        return json("status").get("feedback").asText();
    }

    private static JsonNode post(String url, String body, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    @Test
    void aStudyIsServedFromItsFileOnAndARevertHoldsThoughNoServiceRuns() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        Files.writeString(folder.resolve("online.yaml"), TinyStudy.ONLINE);
        done(UP);
        String study = done("study", "create", "online.yaml");
        assertEquals(study, done("study", "create", "online.yaml"), "the same file is the same study");
        assertEquals(0, served(study).get("champion").asLong());

        JsonNode assigned = post(feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(2, assigned.get("values").size(), assigned.toString());
        String report =
                "{\"token\":\"" + assigned.get("token").asText() + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        post(feedback() + "/v1/feedback", report, 202);
        assertTrue(done("study", "list").contains("users"));
        assertEquals("begin", json("study", "audit", "tiny").get("action").asText());

        done("down");
        done("study", "revert", "tiny", "--reason", "complaints");
        done(UP);
        JsonNode champion = served(study);
        assertEquals("reverted", champion.get("state").asText(), champion.toString());
        assertEquals("complaints", champion.get("reason").asText());
        JsonNode again = post(feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(champion.get("values"), again.get("values"), "nobody meets a candidate");
        assertTrue(done("study", "resume", "tiny").endsWith("running, exploring"));
        assertTrue(done("study", "audit", "tiny").contains("resume"));
    }
}
