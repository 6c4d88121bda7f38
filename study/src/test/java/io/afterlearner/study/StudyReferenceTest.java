package io.afterlearner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.study.keys.StudyKey;
import io.afterlearner.study.keys.StudyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference in docs/study.md has the keys and the losses that the parser knows. */
class StudyReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/study.md");
    private static final Pattern QUOTED = Pattern.compile("`([a-z]+)`");
    private static final String NO_NAME = "0".repeat(30);

    @Test
    void theReferenceHasEveryKeyWithItsTypeDefaultAndRange() throws IOException {
        List<String> documented = Files.readAllLines(REFERENCE).stream()
                .dropWhile(line -> !line.startsWith("| key |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<String> keys =
                StudyKeys.all().stream().map(StudyReferenceTest::row).toList();
        assertEquals(
                String.join("\n", keys),
                String.join("\n", documented),
                () -> "the table of docs/study.md should be:\n" + String.join("\n", keys));
    }

    @Test
    void theTableOfLossesHasEveryLossWithItsSettings() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(REFERENCE).stream()
                .dropWhile(line -> !line.startsWith("| type |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList()) {
            String[] cells = line.split(" \\| ", -1);
            Set<String> settings = new TreeSet<>(Set.of("output"));
            QUOTED.matcher(cells[1]).results().forEach(quoted -> settings.add(quoted.group(1)));
            if (cells[1].contains("the class settings")) {
                settings.addAll(Set.of("axis", "ignore", "threshold"));
            }
            documented.put(cells[0].substring(2), settings);
        }
        assertEquals(names(NO_NAME, Map.of()), documented.keySet());
        documented.forEach(
                (type, settings) -> assertEquals(settings, names(type, Map.of("costs", "[[0]]", NO_NAME, "1")), type));
    }

    /** The valid names that an error lists when no name is near. */
    private static Set<String> names(String type, Map<String, String> settings) {
        Map<String, String> given = new TreeMap<>(settings);
        if (!type.equals("cost-matrix")) {
            given.remove("costs");
        }
        String error = assertThrows(DataException.class, () -> Losses.create(type, given))
                .getMessage();
        Set<String> names =
                new TreeSet<>(List.of(error.replaceFirst(".*use one of ", "").split(", ")));
        if (type.equals("log-loss")) {
            // It reads this setting only to refuse it.
            names.remove("threshold");
        }
        return names;
    }

    private static String row(StudyKey key) {
        String otherwise = switch (key.presence()) {
            case REQUIRED -> "required";
            case OPTIONAL -> "";
            case DEFAULT -> "`" + key.value() + "`";
        };
        return "| `" + key.path() + "` | " + key.type() + " | " + otherwise + " | " + key.range() + " | "
                + key.description() + " |";
    }
}
