package io.afterlearner.feedback.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.client.Keys;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.UnitKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances with different keys of units are found out, and those that rotate one are not taken for such. */
@Timeout(60)
class UnitKeyWatchTest {
    private static final long NOW_MILLIS = 1_790_000_000_000L;
    private static final String OURS = "our key of units";
    private static final String THEIRS = "their key of units";

    private long nanos;

    private UnitKeyWatch watch(String... keys) {
        return new UnitKeyWatch(new UnitKeys(Secrets.of("keys", List.of(keys))), () -> nanos);
    }

    private static String pseudonym(String key) {
        return Keys.of("a secret of tokens", key).units().current().pseudonym("shop", "ann");
    }

    private static void saw(UnitKeyWatch watch, String unit) {
        watch.saw(unit, NOW_MILLIS - 1_000, NOW_MILLIS);
    }

    @Test
    void aKeyOfAnotherInstanceIsForeignUntilItIsNotUsedAnyMore() {
        UnitKeyWatch watch = watch(OURS);
        saw(watch, pseudonym(OURS));
        assertEquals(0, watch.foreign());
        saw(watch, pseudonym(THEIRS));
        saw(watch, pseudonym(THEIRS));
        assertEquals(1, watch.foreign());
        nanos = Duration.ofMinutes(4).toNanos();
        assertEquals(1, watch.foreign());
        nanos = Duration.ofMinutes(6).toNanos();
        assertEquals(0, watch.foreign());
    }

    @Test
    void allKeysOfTheFileAreKnownWhicheverMakesPseudonyms() {
        for (UnitKeyWatch watch : List.of(watch(OURS, THEIRS), watch(THEIRS, OURS))) {
            saw(watch, pseudonym(OURS));
            saw(watch, pseudonym(THEIRS));
            assertEquals(0, watch.foreign());
        }
    }

    @Test
    void theKeyIsKnownAsSoonAsItsFileHasIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), OURS);
        try (Keys keys = new Keys(
                Secrets.of("secrets", List.of("a secret of tokens")),
                Secrets.ofFile("keys", file),
                Duration.ofMillis(10))) {
            UnitKeyWatch watch = new UnitKeyWatch(keys.units(), () -> nanos);
            saw(watch, pseudonym(THEIRS));
            assertEquals(1, watch.foreign());
            Files.writeString(file, OURS + "\n" + THEIRS);
            while (watch.foreign() > 0) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void oldExposuresAndUnitsOfOlderVersionsSayNothing() {
        UnitKeyWatch watch = watch(OURS);
        watch.saw(pseudonym(THEIRS), NOW_MILLIS - Duration.ofHours(1).toMillis(), NOW_MILLIS);
        saw(watch, "ann");
        saw(watch, "");
        assertEquals(0, watch.foreign());
    }

    @Test
    void madeUpIdsTakeLittleMemory() {
        UnitKeyWatch watch = watch(OURS);
        for (int i = 0; i < 10_000; i++) {
            saw(watch, String.format("%08x.0123456789abcdefghijkl", i));
        }
        assertEquals(16, watch.foreign());
    }
}
