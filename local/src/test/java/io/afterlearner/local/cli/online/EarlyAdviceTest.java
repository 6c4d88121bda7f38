package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EarlyAdviceTest extends PlannedStudy {
    private static final String[] OPTIONS = {"--units-per-day", "20000", "--baseline", "0.04"};
    private static final String MONTH = TinyStudy.ONLINE
            .replace("  stop: {exposures: 100000, after: 14d}\n", "")
            .replace("unit: user", "unit: request")
            .replace("window: 30s", "window: 30d");

    private static boolean isAdvised(JsonNode plan) {
        return plan.get("advice").toString().contains("online.tellAfter");
    }

    private static long millis(JsonNode plan, String field) {
        return plan.get(field).asLong();
    }

    @Test
    void aStudyThatWaitsForItsWindowsIsToldOfTellAfter() throws IOException {
        JsonNode before = json(MONTH, OPTIONS);
        assertTrue(before.get("advice").toString().contains("with tellAfter: 3d, all 60"), before.toString());
        assertTrue(before.get("tellAfterMillis").isNull());

        JsonNode after = json(MONTH.replace("window: 30d", "window: 30d\n  tellAfter: 3d"), OPTIONS);

        assertFalse(isAdvised(after), after.toString());
        assertEquals(3 * 86_400_000, millis(after, "tellAfterMillis"));
        assertTrue(2 * millis(after, "searchMillis") <= millis(before, "searchMillis"), after.toString());
        long sooner = 27L * 86_400_000;
        assertEquals(millis(before, "candidateMillis") - sooner, millis(after, "candidateMillis"));
    }

    @Test
    void whereItHelpsLittleOrIsRefusedItIsNotMentioned() throws IOException {
        assertFalse(isAdvised(json(MONTH.replace("window: 30d", "window: 6h"), OPTIONS)), "a short window");
        assertFalse(isAdvised(json(MONTH, "--units-per-day", "100", "--baseline", "0.04")), "little traffic");
        String adjusted = MONTH.replace("unit: request", "unit: user")
                .replace("goal: maximize}\n", "goal: maximize, covariate: past}\n");
        assertFalse(isAdvised(json(adjusted, OPTIONS)), "with covariate");
    }
}
