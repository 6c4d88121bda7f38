package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path folder;

    @Test
    void listsWhatCouldBeAleph() throws IOException {
        TinyStudy.write(folder);
        Cli.Output output =
                new Cli(folder).run("inspect", folder.resolve("tiny.onnx").toString());
        assertEquals(0, output.exit(), output.err());
        assertTrue(output.out().contains("inputs   x FLOAT [batch, 3]"), output.out());
        assertTrue(output.out().matches("(?s).*\\bw +initializer +FLOAT +\\[3,1] +3 .*"), output.out());
    }

    @Test
    void printsJson() throws IOException {
        TinyStudy.write(folder);
        Cli.Output output = new Cli(folder)
                .run("inspect", "--json", folder.resolve("tiny.onnx").toString());
        JsonNode first =
                new ObjectMapper().readTree(output.out().lines().findFirst().orElseThrow());
        assertEquals("w", first.get("tensor").asText());
        assertEquals(3, first.get("elements").asInt());
        assertEquals(0.0, first.get("frozenShare").asDouble());
    }

    @Test
    void refusesAFileThatIsNotAModelInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a model");
        Cli.Output output = new Cli(folder).run("inspect", file.toString());
        assertEquals(2, output.exit());
        assertEquals(1, output.errLines().size(), output.err());
    }

    @Test
    void aBillionDeclaredElementsTakeNoMemory() throws IOException {
        Path file = Files.write(
                folder.resolve("huge.onnx"), TinyStudy.declaring(1_000_000_000L).toByteArray());
        Cli.Output output = new Cli(folder).run("inspect", file.toString());
        assertEquals(2, output.exit());
        assertEquals(1, output.errLines().size(), output.err());
    }

    @Test
    void aHostileNameMovesNoCursorAndForgesNoLine() throws IOException {
        String name = "w\u001b[2J\u202e\nforged";
        ModelProto.Builder model = TinyStudy.model().toBuilder();
        model.getGraphBuilder().getInitializerBuilder(0).setName(name);
        model.getGraphBuilder().getNodeBuilder(0).setInput(1, name);
        String file = Files.write(folder.resolve("hostile.onnx"), model.build().toByteArray())
                .toString();
        String table = new Cli(folder).run("inspect", file).out();
        assertTrue(table.contains("\nw\\u001b[2J\\u202e forged  initializer"), table);
        assertTrue(
                table.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n') && !table.contains("\u202e"),
                table);
        String json = new Cli(folder).run("inspect", "--json", file).out();
        assertEquals(
                name,
                new ObjectMapper()
                        .readTree(json.lines().findFirst().orElseThrow())
                        .get("tensor")
                        .asText(),
                "JSON has the whole name");
        assertTrue(!json.contains("\u202e"), json);
    }
}
