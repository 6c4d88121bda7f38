package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.Specs;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that no component of ours would write: each becomes a dead letter, and the next record is processed. */
class PoisonTest extends TopologyFixture {
    private static final int INPUTS_OF_ANY_BYTES = Boolean.getBoolean("afterlearner.thorough") ? 5_000 : 500;
    private static final String RIPE = "feedback-ripe-repartition";
    private static final List<String> INPUTS = List.of(
            Topics.STUDIES,
            Topics.COMMANDS,
            Topics.TRIALS,
            Topics.INCUMBENTS,
            Topics.ARMS,
            Topics.EXPOSURES,
            Topics.FEEDBACK,
            RIPE);

    @BeforeEach
    void create() {
        topology.create(SPEC);
    }

    private List<String> reasons() {
        return topology.read(Topics.DEAD_LETTERS, DeadLetter.class).stream()
                .map(DeadLetter::getReason)
                .toList();
    }

    @Test
    void armsUnderAnotherKeyThanTheirStudyAreADeadLetter() {
        Arms arms = topology.read(Topics.ARMS, Arms.class).get(0);
        topology.send(Topics.ARMS, null, TestedTopology.encoded(arms));
        topology.send(Topics.ARMS, "another", TestedTopology.encoded(arms));
        assertEquals(2, reasons().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]", "[{}]", "{", "", "[[[["})
    void bytesOnTheInternalTopicAreADeadLetter(String text) {
        topology.send(RIPE, "s", text.getBytes(StandardCharsets.UTF_8));
        topology.send(RIPE, null, "[]".getBytes(StandardCharsets.UTF_8));
        assertEquals(2, reasons().size());
    }

    @Test
    void anOnlineStudyThatTheRulesRefuseIsADeadLetter() {
        StudySpec refused = StudySpec.newBuilder(Specs.study("refused", 2_000, 10, List.of()))
                .build();
        refused.getOnline().put("windowMillis", -1L);
        topology.send(Topics.STUDIES, "refused", TestedTopology.encoded(refused));
        assertTrue(reasons().get(0).contains("online.windowMillis"));
    }

    @ParameterizedTest
    @CsvSource({
        // Times that belong to no exposure: before 1970, in the year 58,900, a window that never ends.
        "-1, 1000",
        "-9223372036854775808, -9223372036854773808",
        "1796000000000000, 1796000000002000",
        "1000000, 9223372036854775807",
        "1000000, 999999",
        "9223372036854775807, 9223372036854775807",
    })
    void anExposureOutsideOfTimeIsADeadLetter(long atMillis, long expiresAtMillis) {
        topology.send(
                Topics.EXPOSURES,
                "a",
                TestedTopology.encoded(topology.exposure(
                        TestedTopology.assignment("s", "a", Arm.EXPLORE, 1, atMillis, expiresAtMillis))));
        assertEquals(1, reasons().size());
    }

    @Test
    void anyBytesUnderAnyKeyLeaveTheStudyAsItIs() {
        long seed = 20_261_127;
        System.out.println("PoisonTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < INPUTS_OF_ANY_BYTES; i++) {
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            if (value.length > 10) {
                // Half of them begin like a record of the topic.
                byte[] header = TestedTopology.encoded(SPEC);
                System.arraycopy(header, 0, value, 0, random.nextInt(11));
            }
            topology.send(
                    INPUTS.get(random.nextInt(INPUTS.size())), key(random), random.nextInt(5) == 0 ? null : value);
        }
        topology.create(SPEC);
        assertTrue(topology.standings.of("s").isPresent());
    }

    /** Not the study's: with it, a tombstone deletes the study. */
    private static @Nullable String key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "\0\uFFFD".repeat(1_000);
            default -> "x".repeat(random.nextInt(100_000));
        };
    }
}
