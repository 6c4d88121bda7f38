package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds of the simulations (AccountsTest), live: 60 accounts that differ much in what they spend return again and again, over HTTP
 * and Kafka. A build runs until a study that loses reports is held; {@code -Dlive.exposures=N}, 30,000 with {@code -Pthorough},
 * sets how many exposures to candidates each of the other studies has.
 */
@Timeout(3600)
class LiveWorldsIT {
    /** Silences Kafka in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int EXPOSURES = Integer.getInteger("live.exposures", THOROUGH ? 30_000 : 600);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int ACCOUNTS = 60;
    private static final double LOST = 0.2;
    /** One report of five is missed within a few hundred exposures; an alarm that takes more than these is none. */
    private static final int SEEN_WITHIN = 3_000;

    private static final double LIFT = 0.6;
    private static final double BEST = 1;

    /** A report may come long after its horizon, however busy the machine is. */
    private static final String YAML = """
            name: %s
            model: {uri: tiny.onnx}
            aleph:
              - {tensor: b, transform: shift, range: [-2, 2]}
            online:
              unit: user
              explore: 0.5
              control: 0.3
              metric: {field: revenue, aggregate: mean, range: [0, 50], goal: maximize}
              horizon: 300ms
              window: 20s
              exposures: 150
              ramp: [1]
            optimizer: {budget: 60, parallelism: 2}
            """;

    @TempDir
    static Path folder;

    private static OnlineStack stack;

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        ROOT_LOGGER.setLevel(Level.WARNING);
        stack = new OnlineStack(folder);
        TinyStudy.write(folder);
        stack.up();
    }

    @AfterAll
    static void down() {
        stack.down();
    }

    /** A study and what its accounts do. */
    private static final class World {
        private final String study;
        private final double lift;
        private final double lost;
        private final String url;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final double[] levels =
                random.doubles(ACCOUNTS).map(u -> Math.exp(0.7 * gaussian())).toArray();
        private JsonNode standing = JSON.createObjectNode();

        World(String name, double lift, double lost) throws IOException, InterruptedException {
            this.lift = lift;
            this.lost = lost;
            study = stack.done(
                    "study",
                    "create",
                    Files.writeString(folder.resolve(name + ".yaml"), YAML.formatted(name))
                            .toString());
            stack.served(study);
            url = stack.feedback();
        }

        private double gaussian() {
            return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        }

        private double effect(double value) {
            return lift * (1 - (value - BEST) * (value - BEST) / (BEST * BEST));
        }

        /** Every account comes once, and what it spends is reported, unless the report is lost. */
        void round() throws IOException, InterruptedException {
            List<String> units =
                    IntStream.range(0, ACCOUNTS).mapToObj(i -> "account-" + i).toList();
            JsonNode got = OnlineStack.post(
                    url + "/v1/studies/" + study + "/assignments/batch",
                    JSON.writeValueAsString(JSON.createObjectNode().set("units", JSON.valueToTree(units))),
                    200);
            ArrayNode reports = JSON.createArrayNode();
            for (int i = 0; i < ACCOUNTS; i++) {
                JsonNode assigned = got.get("assignments").get(i);
                double spent = levels[i]
                        * Math.exp(0.8 * gaussian())
                        * (1 + effect(assigned.get("values").get(0).asDouble()));
                boolean isLost = random.nextDouble() < lost
                        && assigned.get("arm").asText().equals("EXPLORE");
                if (!isLost && !assigned.get("arm").asText().equals("UNCOUNTED")) {
                    reports.addObject()
                            .put("token", assigned.get("token").asText())
                            .put("metric", "revenue")
                            .put("value", spent);
                }
            }
            OnlineStack.post(url + "/v1/feedback", JSON.writeValueAsString(reports), 202);
            standing = OnlineStack.get(url + "/v1/studies/" + study + "/standing");
        }

        long explored() {
            return standing.path("explored").asLong();
        }

        String hold() {
            return standing.path("hold").asText();
        }

        List<String> audited(String action) throws IOException {
            List<String> reasons = new ArrayList<>();
            for (JsonNode entry : JSON.readTree(
                    "[" + stack.done("study", "audit", study, "--json").replace("\n", ",") + "]")) {
                if (entry.get("action").asText().equals(action)) {
                    reasons.add(entry.get("reason").asText());
                }
            }
            return reasons;
        }
    }

    @Test
    void lostReportsAreSeenAndOfSixtyAccountsNothingIsPromotedThatIsNoBetter()
            throws IOException, InterruptedException {
        System.out.printf("seed %d (-Dseed)%n", SEED);
        World same = new World("same", 0, 0);
        World lossy = new World("lossy", 0, LOST);
        World better = new World("better", LIFT, 0);
        while (!lossy.hold().equals("ALARM") || same.explored() < EXPOSURES) {
            same.round();
            better.round();
            if (!lossy.hold().equals("ALARM")) {
                lossy.round();
                assertTrue(lossy.explored() < SEEN_WITHIN, lossy.standing.toString());
            }
            assertEquals("NONE", same.hold(), same.standing.toString());
            // The horizon, after which accounts are drawn again.
            Thread.sleep(300);
        }
        List<String> alarms = lossy.audited("alarm");
        System.out.printf(
                "lossy: after %d exposures: %s%nsame: %s%nbetter: %s%n",
                lossy.explored(), alarms, same.standing, better.standing);
        assertEquals(1, alarms.size(), alarms.toString());
        assertTrue(alarms.get(0).contains("revenue"), alarms.toString());
        assertEquals(List.of(), same.audited("promote"));
        if (THOROUGH) {
            double served = stack.served(better.study).get("values").get(0).asDouble();
            assertTrue(better.effect(served) >= LIFT / 2, "serves " + served);
        }
    }
}
