package io.afterlearner.study.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyKey.Presence;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of keys says what the parser does. */
class StudyKeysTest {
    private static final Pattern LIMITS = Pattern.compile("^([0-9]+(?:ms|s|d)?) to ([0-9]+(?:ms|s|d)?)");

    @TempDir
    Path folder;

    @BeforeEach
    void writeStudy() throws IOException {
        TinyStudy.write(folder);
    }

    @Test
    void everyKeyHasATypeAndADescriptionAndAppearsOnce() {
        Set<String> paths = new HashSet<>();
        for (StudyKey key : StudyKeys.all()) {
            assertTrue(paths.add(key.path()), key.path());
            assertFalse(key.type().isEmpty() || key.value().isEmpty(), key.path());
            assertTrue(key.description().endsWith("."), key.path());
        }
    }

    static Stream<StudyKey> scalarsOfOptimizerAndEvaluation() {
        return StudyKeys.all().stream()
                .filter(key -> key.path().matches("(optimizer|evaluation)\\..*"))
                .filter(key -> key.presence() == Presence.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("scalarsOfOptimizerAndEvaluation")
    void givingADefaultIsTheSameAsOmittingIt(StudyKey key) throws IOException {
        String bare = TinyStudy.YAML.substring(0, TinyStudy.YAML.indexOf("optimizer:"));
        String given = bare + key.section() + ": {" + key.name() + ": " + usual(key) + "}\n";
        assertEquals(id(bare), id(given));
    }

    @ParameterizedTest
    @CsvSource({
        "per, element", "log, false", "integer, false", "ordered, false",
        "exposures, 200", "trustRegion, 0.25", "confidence, 0.95", "approval, false"
    })
    void givingADefaultOfAlephOrOnlineIsTheSameAsOmittingIt(String name, String value) throws IOException {
        boolean online = name.matches("exposures|trustRegion|confidence|approval");
        String path = (online ? "online." : "aleph[].") + name;
        assertEquals(
                value,
                StudyKeys.all().stream()
                        .filter(key -> key.path().equals(path) && key.presence() == Presence.DEFAULT)
                        .map(StudyKeysTest::usual)
                        .findFirst()
                        .orElseThrow());
        String bare =
                online ? TinyStudy.ONLINE.replaceAll("(?s)  exposures: 150.*optimizer:", "optimizer:") : TinyStudy.YAML;
        String anchor = online ? "  unit: user\n" : "    transform: shift\n";
        String given = bare.replace(anchor, anchor + (online ? "  " : "    ") + name + ": " + value + "\n");
        assertEquals(id(bare), id(given));
    }

    /** The default without the exception that may follow in parentheses. */
    private static String usual(StudyKey key) {
        return key.value().replaceAll(" \\(.*", "");
    }

    static Stream<StudyKey> limited() {
        return StudyKeys.all().stream()
                .filter(key -> key.type().equals("whole number") || key.type().equals("duration"))
                .filter(key -> LIMITS.matcher(key.range()).find());
    }

    @ParameterizedTest
    @MethodSource("limited")
    void theParserAcceptsTheLimitsAndRejectsWhatIsBeyond(StudyKey key) throws IOException {
        Matcher limits = LIMITS.matcher(key.range());
        assertTrue(limits.find());
        assertNull(problem(key, limits.group(1)), "lower limit");
        assertNull(problem(key, limits.group(2)), "upper limit");
        assertTrue(String.valueOf(problem(key, beyond(limits.group(1), -1))).startsWith("must be"), "below");
        assertTrue(String.valueOf(problem(key, beyond(limits.group(2), 1))).startsWith("must be"), "above");
    }

    @ParameterizedTest
    @CsvSource({
        "online.exploreShare, online.explore",
        "online.exposureLimit, online.stop.exposures",
        "online.guardrails[2].metric.low, online.guardrails[2].metric.range",
        "evaluation.timeoutMillis, evaluation.timeout",
        "aleph[3].shape, aleph[3].shape",
    })
    void aFieldOfTheSpecLeadsToItsKey(String field, String place) {
        assertEquals(place, StudyKeys.place(field));
    }

    @Test
    void keysThatAreNotInTheTableAreUnknown() {
        assertEquals(List.of("search", "test"), StudyKeys.names("data"));
        assertEquals(List.of("metric", "limit"), StudyKeys.names("online.guardrails[1]"));
    }

    private static String beyond(String limit, int by) {
        Matcher parts = Pattern.compile("([0-9]+)(.*)").matcher(limit);
        assertTrue(parts.matches());
        long amount = Long.parseLong(parts.group(1));
        // 0 ms and the like are below every limit, whatever its unit.
        return (by < 0 && !parts.group(2).isEmpty() ? 0 : amount + by) + parts.group(2);
    }

    /** What is wrong with a study.yaml that has this value; null if nothing is. */
    private String problem(StudyKey key, String value) throws IOException {
        String yaml = switch (key.section()) {
            case "aleph[]" -> TinyStudy.YAML.replace("shift\n", "shift\n    axis: " + value + "\n");
            case "online" ->
                TinyStudy.ONLINE
                        .replaceAll("\n  " + key.name() + ": .*", "")
                        .replace("  unit: user\n", "  unit: user\n  " + key.name() + ": " + value + "\n");
            case "online.stop" -> TinyStudy.ONLINE.replaceAll("stop: .*", "stop: {" + key.name() + ": " + value + "}");
            default ->
                TinyStudy.YAML.substring(0, TinyStudy.YAML.indexOf("optimizer:")) + key.section() + ": {" + key.name()
                        + ": " + value + "}\n";
        };
        try {
            read(yaml);
            return null;
        } catch (InputException e) {
            assertEquals(key.path(), e.error().field().replaceAll("\\[[0-9]]", "[]"), e.getMessage());
            return e.error().problem();
        }
    }

    private String id(String yaml) throws IOException {
        StudySpec spec = new Resolver(read(yaml)).spec();
        return StudyId.of(spec);
    }

    private StudyFile read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return StudyFile.read("study.yaml", file, folder.resolve("downloads"));
    }
}
