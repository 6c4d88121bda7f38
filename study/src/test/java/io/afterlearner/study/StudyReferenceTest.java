package io.afterlearner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.study.keys.StudyKey;
import io.afterlearner.study.keys.StudyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference in docs/study.md is the table of keys that the parser uses. */
class StudyReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/study.md");

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
