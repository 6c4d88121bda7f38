package io.afterlearner.feedback.shell.ripening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PastStoreTest {
    private static final long WINDOW_MILLIS = 2_000;
    private static final StudySpec SPEC = Specs.study("s", WINDOW_MILLIS, 100, List.of());
    private static final OnlineStudy PLAIN = OnlineStudy.of(SPEC).orElseThrow();
    private static final OnlineStudy ADJUSTED =
            OnlineStudy.of(Specs.adjusted(SPEC)).orElseThrow();

    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>();
    private ExposureStore schedule;
    private PastStore pasts;

    @BeforeEach
    void start() {
        MemoryStores.add(context, ExposureStore.ASSIGNED, Serdes.String());
        MemoryStores.add(context, ExposureStore.DUE, Serdes.Bytes());
        MemoryStores.add(context, PastStore.PAST, Serdes.String());
        restart();
    }

    /** The stores are restored, and everything else is new. */
    private void restart() {
        schedule = new ExposureStore(context);
        pasts = new PastStore(context, schedule);
    }

    private static TrackedExposure drawn(long atMillis, long incarnation) {
        return TrackedExposure.open(
                "s", incarnation, Arm.EXPLORE, 1, atMillis, atMillis, "shop", atMillis + WINDOW_MILLIS);
    }

    /** One exposure per window from time 0, each with a click. */
    private void clicks(String unit, int times, OnlineStudy study) {
        Attribution goal = study.attributions().get(0);
        for (int i = 0; i < times; i++) {
            ExposureTotals totals = ExposureTotals.of(1, List.of(goal.metric().tally(1)));
            pasts.ripened(unit + "-" + i, drawn(i * WINDOW_MILLIS, 0), study, totals);
        }
    }

    private double past(String id, long drawnAtMillis, OnlineStudy study) {
        return pasts.begun(id, drawn(drawnAtMillis, 0), study).past();
    }

    @Test
    void anExposureHasThePastOfItsUnitAlsoAfterARestart() {
        clicks("a", 3, ADJUSTED);
        clicks("b", 2, ADJUSTED);
        restart();
        assertEquals(1, past("a-9", 3 * WINDOW_MILLIS, ADJUSTED));
        assertEquals(TrackedExposure.NO_PAST, past("a-9", 3 * WINDOW_MILLIS - 1, ADJUSTED), "not over when drawn");
        assertEquals(TrackedExposure.NO_PAST, past("b-9", 3 * WINDOW_MILLIS, ADJUSTED), "too little");
        assertEquals(TrackedExposure.NO_PAST, past("sha256:1", 3 * WINDOW_MILLIS, ADJUSTED), "not of a unit");
    }

    @Test
    void nothingIsKeptOfAStudyThatDoesNotNeedIt() {
        clicks("a", 3, PLAIN);
        assertEquals(List.of(), schedule.takeDue(Long.MAX_VALUE, 10));
        assertEquals(TrackedExposure.NO_PAST, past("a-9", 3 * WINDOW_MILLIS, ADJUSTED));
    }

    @Test
    void aForgottenUnitHasNoPast() {
        clicks("a", 3, ADJUSTED);
        pasts.forget("a-");
        assertEquals(TrackedExposure.NO_PAST, past("a-9", 3 * WINDOW_MILLIS, ADJUSTED));
    }

    @Test
    void aStudyThatIsCreatedAgainBeginsAnew() {
        clicks("a", 3, ADJUSTED);
        assertEquals(
                TrackedExposure.NO_PAST,
                pasts.begun("a-9", drawn(9_000, 1), ADJUSTED).past());
    }

    @Test
    void aUnitThatDoesNotReturnIsDeletedThirtyHorizonsLater() {
        clicks("a", 4, ADJUSTED);
        long last = 4 * WINDOW_MILLIS + 30 * WINDOW_MILLIS;
        long now = 0;
        int looks = 0;
        KeyValueStore<String, byte[]> store = Objects.requireNonNull(context.getStateStore(PastStore.PAST));
        for (; store.get("a-") != null; now += WINDOW_MILLIS) {
            for (String key : schedule.takeDue(now, 10)) {
                pasts.due(key, now);
                looks++;
            }
        }
        assertEquals(last + 2 * WINDOW_MILLIS, now, "the first look after that time");
        assertEquals(2, looks, "once when it would have been deleted without the later visits");
        assertEquals(List.of(), schedule.takeDue(Long.MAX_VALUE, 10));
    }
}
