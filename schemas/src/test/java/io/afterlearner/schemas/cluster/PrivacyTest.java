package io.afterlearner.schemas.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/privacy.md says of every topic what it has about units, and how long. */
class PrivacyTest {
    private static final Map<UnitData, String> WORDS = Map.of(
            UnitData.NONE, "nothing",
            UnitData.PSEUDONYM, "pseudonym, arm, candidate, times",
            UnitData.ASSIGNMENT, "ids of assignments, reports",
            UnitData.ORIGINAL, "original records");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `[a-z.-]+` \\| [^|]+ \\| (compacted|\\d+ d) \\|$");

    @Test
    void theTableIsTheCatalogue() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "privacy.md"));
        List<String> rows =
                ROW.matcher(page).results().map(MatchResult::group).sorted().toList();
        assertEquals(
                TopicCatalogue.all(List.of("default")).stream()
                        .map(PrivacyTest::row)
                        .sorted()
                        .toList(),
                rows);
    }

    private static String row(TopicSpec topic) {
        String kept =
                topic.retention() instanceof Retention.Kept time ? time.time().toDays() + " d" : "compacted";
        return "| `" + topic.name().substring(Topics.PREFIX.length()) + "` | " + WORDS.get(topic.unitData()) + " | "
                + kept + " |";
    }
}
