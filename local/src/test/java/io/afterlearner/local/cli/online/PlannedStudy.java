package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code online plan} on variants of the tiny study. */
abstract class PlannedStudy {
    static final String[] TRAFFIC = {"--units-per-day", "5000", "--baseline", "0.04"};

    @TempDir
    static Path folder;

    @TempDir
    Path home;

    @BeforeAll
    static void writeModel() throws IOException {
        System.setProperty("afterlearner.root", folder.toString());
        TinyStudy.write(folder);
    }

    static String file(String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "study", ".yaml"), yaml)
                .toString();
    }

    Cli.Output plan(String yaml, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("online", "plan", file(yaml), "--home", home.toString()));
        words.addAll(Arrays.asList(options));
        Cli.Output output = new Cli(home).run(words.toArray(String[]::new));
        assertFalse(Files.exists(home.resolve("kafka")), "a broker was started");
        return output;
    }

    JsonNode json(String yaml, String... options) throws IOException {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = "--json";
        Cli.Output output = plan(yaml, all);
        assertEquals(0, output.exit(), output.err());
        assertEquals(1, output.out().lines().count(), output.out());
        return new ObjectMapper().readTree(output.out());
    }
}
