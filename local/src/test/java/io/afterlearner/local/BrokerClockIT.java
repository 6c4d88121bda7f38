package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the broker, which runs in the launcher's process, jumps while a study runs. The services' clocks do not. */
@Timeout(600)
class BrokerClockIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int BUDGET = 15_000;
    private static final Pattern PROGRESS = Pattern.compile("(?m)^(\\d+)/" + BUDGET);

    @TempDir
    Path folder;

    private TurnedClock clock;
    private Process retrofit;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Boolean.getBoolean("afterlearner.thorough"), "takes a minute: -Pthorough");
        clock = new TurnedClock(folder);
        TinyStudy.write(folder);
        Path yaml = Files.writeString(
                folder.resolve("clock.yaml"), TinyStudy.YAML.replace("budget: 60", "budget: " + BUDGET));
        ProcessBuilder command = new ProcessBuilder(
                        ROOT.resolve("afterlearner").toString(),
                        "retrofit",
                        yaml.toString(),
                        "--json",
                        "--home",
                        folder.resolve("home").toString())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        command.environment().put("AFTERLEARNER_OPTS", clock.jvmOptionWithKafka());
        retrofit = command.start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private int told() throws IOException {
        Matcher progress = PROGRESS.matcher(err());
        int told = -1;
        while (progress.find()) {
            told = Integer.parseInt(progress.group(1));
        }
        return told;
    }

    private void awaitTold(int least) throws IOException, InterruptedException {
        while (told() < least) {
            assertTrue(retrofit.isAlive(), err());
            Thread.sleep(20);
        }
    }

    private void turn(Duration by) throws IOException, InterruptedException {
        int before = told();
        long start = System.nanoTime();
        clock.turn(by);
        // Progress is shown every few seconds; the second time, all of it is from after the jump.
        awaitTold(before + 1);
        int after = told();
        awaitTold(after + 1);
        System.out.println("{\"test\":\"clock\",\"process\":\"broker\",\"jump\":\"" + by + "\",\"told\":"
                + (told() - after) + ",\"millis\":" + (System.nanoTime() - start) / 1_000_000 + "}");
    }

    @Test
    void aJumpOfTheBrokersClockLosesNothing() throws IOException, InterruptedException {
        awaitTold(1);
        turn(Duration.ofHours(1));
        turn(Duration.ofHours(-1));
        assertEquals(0, retrofit.waitFor(), err());
        JsonNode result = new ObjectMapper().readTree(folder.resolve("out").toFile());
        assertEquals(BUDGET, result.get("told").asLong(), result.toString());
        assertEquals(0, result.get("expired").asLong(), result.toString());
    }
}
