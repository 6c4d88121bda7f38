package io.afterlearner.access.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A wrong value is named with the setting and what to give instead; others pass. */
class SettingTest {
    @Test
    void aRefusalSaysWhatToGive() {
        assertEquals(
                "a.bytes is -1; give a whole number from 1 to 10",
                Setting.whole("a.bytes", 1, 10).problem("-1"));
        Setting interval = Setting.duration("a.interval", Duration.ofSeconds(1), Duration.ofHours(1))
                .or("0", "never");
        assertEquals(
                "a.interval is 2h; give a duration from 1s to 1h, such as 5s; or 0 for never", interval.problem("2h"));
        assertEquals(
                "a.open is all; use viewer or open",
                Setting.choice("a.open", "viewer", "open").problem("all"));
        assertEquals(
                "a.name is empty; give a name without control characters",
                Setting.name("a.name").problem(" "));
    }

    @Test
    void whatCanBeUsedPasses() {
        assertNull(Setting.whole("a.bytes", 1, 10).problem(" 10 "));
        Setting interval = Setting.duration("a.interval", Duration.ofMillis(10), Duration.ofHours(1))
                .or("0", "never");
        for (String given : new String[] {"10ms", "5S", "PT5S", "5", "1h", "0", "0s"}) {
            assertNull(interval.problem(given), given);
        }
        assertNull(Setting.whole("a.replicas", 1, 10).or("-1", "the default").problem("-1"));
        assertNull(Setting.flag("a.flag").problem("TRUE"));
        assertNull(Setting.text("a.text").problem(""));
    }

    @Test
    void everySettingOfTheModuleRefusesNonsense() {
        Nonsense.refused();
        assertEquals(
                "7",
                Nonsense.config(Map.of("afterlearner.http.identity-requests-per-second", "7"))
                        .getValue("afterlearner.http.identity-requests-per-second", String.class));
    }
}
