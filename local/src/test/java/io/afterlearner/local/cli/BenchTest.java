package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.cli.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    @TempDir
    Path home;

    private List<JsonNode> json(String... arguments) throws IOException {
        Cli.Output output = new Cli(home).run(arguments);
        assertEquals(0, output.exit(), output.err());
        assertEquals("", output.err());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void qualityHasARowPerCellAndALinePerSet() throws IOException {
        List<JsonNode> lines = json(
                "bench",
                "quality",
                "--json",
                "--optimizer",
                "OnePlusOne",
                "--problem",
                "sphere",
                "--dim",
                "6",
                "--budget",
                "50,100",
                "--seeds",
                "3",
                "--threads",
                "1");
        assertEquals(8, lines.size(), lines::toString);
        assertEquals("sphere", lines.get(0).get("problem").asText());
        assertEquals(50, lines.get(0).get("budget").asInt());
        assertTrue(lines.get(1).get("ngopt").asDouble() < 1e-10, lines::toString);
        List<String> sets = lines.subList(4, 8).stream()
                .map(line -> line.get("set").asText() + line.get("cells").asInt())
                .toList();
        assertEquals(List.of("noiseFree2", "severalWorkers2", "virtualBest2", "all4"), sets);
        for (String field : List.of("betterOrTied", "geometricMeanRatio", "optimizer", "seeds", "against")) {
            assertTrue(lines.get(4).has(field), field);
        }
    }

    @Test
    void qualityForPeopleShowsTargetsAndEndsWithTheSameLines() throws IOException {
        Cli.Output output = new Cli(home)
                .run("bench", "quality", "--problem", "noise", "--budget", "50", "--seeds", "1", "--threads", "1");
        assertEquals(0, output.exit(), output.err());
        List<String> lines = output.out().lines().toList();
        assertEquals(9, lines.size(), output.out());
        assertTrue(lines.get(1).startsWith("auto  "), output.out());
        assertTrue(lines.get(5).matches("noisy  .* 67 %: (met|missed) .*"), output.out());
        JsonNode noisy = new ObjectMapper().readTree(lines.get(7));
        assertEquals("noisy", noisy.get("set").asText());
        assertEquals(2, noisy.get("cells").asInt());
    }

    @Test
    void theCountOnATerminalNeverTouchesAResult() {
        StringWriter screen = new StringWriter();
        PrintWriter terminal = new PrintWriter(screen);
        String[] arguments = "bench quality --json --problem addnoise --budget 50,100 --seeds 1 --threads 1".split(" ");
        assertEquals(0, Main.run(new Console(terminal, terminal, true, false, 80), arguments));
        String[] seen = screen.toString().split("\r\u001b\\[K|\\R");
        assertEquals(
                List.of("auto: 0 of 2", "{", "auto: 1 of 2", "{", "auto: 2 of 2", "{", "{"),
                Arrays.stream(seen)
                        .filter(line -> !line.isEmpty())
                        .map(line -> line.startsWith("{") ? "{" : line)
                        .toList());
    }

    @Test
    void asynchronyCostsRandomSearchNothing() throws IOException {
        List<JsonNode> lines = json(
                "bench",
                "quality",
                "--asynchrony",
                "--json",
                "--optimizer",
                "RandomSearch",
                "--problem",
                "sphere",
                "--dim",
                "6",
                "--seeds",
                "3");
        assertEquals(2, lines.size(), lines::toString);
        assertEquals("[1.0,1.0,1.0]", lines.get(1).get("meanCosts").toString());
    }

    @Test
    void asktellReportsTimeBytesAndFactor() throws IOException {
        List<JsonNode> lines =
                json("bench", "asktell", "--json", "--optimizer", "OnePlusOne", "--dim", "35,6", "--seconds", "0.02");
        assertEquals(
                "(nothing) 35 1, OnePlusOne 35 1, OnePlusOne 35 8, (nothing) 6 1, OnePlusOne 6 1, OnePlusOne 6 8",
                lines.stream()
                        .map(line -> line.get("algorithm").asText() + " "
                                + line.get("dimension").asText() + " "
                                + line.get("workers").asText())
                        .collect(Collectors.joining(", ")));
        JsonNode large = lines.get(1);
        assertTrue(large.get("microsPerAskTell").asDouble() > 0, lines::toString);
        assertTrue(large.get("bytesPerAskTell").asLong() >= 35 * 8, lines::toString);
        assertTrue(large.has("timesCheaper") && !large.has("growth"), lines::toString);
        assertTrue(lines.get(4).has("growth") && !lines.get(5).has("growth"), lines::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quality --optimizer CMAES | --optimizer CMAES: unknown; use auto",
                "quality --problem cube | no cell matches --problem, --dim, --budget and --workers; there are problems"
                        + " sphere",
                "quality --workers 3 | workers [1, 8]",
                "quality --set hidden | table hidden: unknown; use all, heldout, reference",
                "quality --seeds 0 | --seeds must be 1 to 1000, not 0",
                "quality --threads 0 | --threads must be 1 to 1024, not 0",
                "online --rate 0 | --rate must be 1 to 50000, not 0",
                "online --rate 50001 | --rate must be 1 to 50000, not 50001",
                "online --seconds NaN | --seconds must be 0.1 to 600, not NaN",
                "online --seconds 601 | --seconds must be 0.1 to 600, not 601",
                "online --dimension 0 | --dimension must be 1 to 10000, not 0",
                "asktell --dim 0 | --dim must be 1 to 100000, not 0",
                "asktell --seconds NaN | --seconds must be 0.01 to 600, not NaN",
                "asktell --workers 0 | --workers must be 1 to 1000, not 0",
            })
    void refusesWrongOptionsInOneLine(String arguments, String line) {
        Cli.Output output = new Cli(home).run(("bench " + arguments).split(" "));
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        assertTrue(output.err().contains(line), output.err());
    }
}
