package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EarlyRulesTest {
    private static final long WINDOW_MILLIS = 2_592_000_000L;

    private static OnlineSpec online(long early) {
        OnlineSpec online = Objects.requireNonNull(Samples.spec().getOnline());
        online.put("sliceMillis", 0L);
        online.put("windowMillis", WINDOW_MILLIS);
        online.put("tellAfterMillis", early);
        return online;
    }

    private static String refused(long early, Consumer<OnlineSpec> change) {
        OnlineSpec online = online(early);
        change.accept(online);
        return String.valueOf(assertThrows(RefusedException.class, () -> EarlyRules.check(online))
                .getMessage());
    }

    @Test
    void anyTimeBelowTheWindowIsFine() {
        for (long early : List.of(0L, OnlineRules.MIN_WINDOW_MILLIS, 86_400_000L, WINDOW_MILLIS - 1)) {
            assertDoesNotThrow(() -> EarlyRules.check(online(early)));
        }
    }

    @Test
    void otherTimesAreRefused() {
        for (long early : List.of(-1L, OnlineRules.MIN_WINDOW_MILLIS - 1, WINDOW_MILLIS, Long.MAX_VALUE)) {
            assertEquals(
                    "online.tellAfterMillis must be at least 100 and below the attribution window of 2592000000 ms, not "
                            + early + "; remove it to wait for the whole window",
                    refused(early, online -> {}));
        }
    }

    @Test
    void whereItCannotWorkItIsRefused() {
        assertEquals(
                "online.tellAfterMillis is for units, whose reports come late; the value of a slice is known when it ends; remove it",
                refused(86_400_000, online -> online.put("sliceMillis", 60_000L)));
        String both =
                "online.tellAfterMillis cannot be combined with winsorise or covariate: both need values of whole windows before the"
                        + " first candidate; remove it, or these";
        assertEquals(both, refused(86_400_000, online -> online.getMetric().put("winsorise", 0.99)));
        assertEquals(both, refused(86_400_000, online -> online.getMetric().put("covariate", Covariate.PAST)));
    }
}
