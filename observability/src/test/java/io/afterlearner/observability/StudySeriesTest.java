package io.afterlearner.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StudySeriesTest {
    private static final String NAME = "afterlearner.test";
    private static final int MANY = 10_000;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private StudySeries<Counter> series(int max) {
        return new StudySeries<>(registry, max, group -> group.counter(NAME, "help"));
    }

    /** Labels and values of all series. */
    private List<String> exported() {
        return registry.find(NAME).counters().stream()
                .map(counter -> Objects.requireNonNull(counter.getId().getTag("study")) + " "
                        + Objects.requireNonNull(counter.getId().getTag("pool")) + " " + (long) counter.count())
                .sorted()
                .toList();
    }

    @Test
    void studiesBeyondTheLimitShareTheSeriesOther() {
        StudySeries<Counter> series = series(2);
        for (String study : List.of("a", "b", "c", "d", "c", "a")) {
            series.of(study, "gpu").increment();
        }
        assertEquals(List.of("a gpu 2", "b gpu 1", "other gpu 3"), exported());
    }

    @Test
    void aDeletedStudysSeriesEndsAndItsPlaceIsFree() {
        StudySeries<Counter> series = series(1);
        series.of("a", "gpu").increment();
        series.remove("a");
        assertEquals(List.of(), exported());
        series.of("b", "cpu").increment();
        assertEquals(List.of("b cpu 1"), exported());
    }

    @Test
    void theStudyThatEndedFirstGivesItsPlaceUpAndAResumedOneDoesNot() {
        StudySeries<Counter> series = series(3);
        for (String study : List.of("a", "b", "c")) {
            series.of(study, "gpu").increment();
            series.ended(study);
        }
        series.resumed("a");
        series.of("d", "gpu").increment();
        assertEquals(List.of("a gpu 1", "c gpu 1", "d gpu 1"), exported());
    }

    @Test
    void aStudyThatIsCalledOtherHasNoSeriesOfItsOwnAndPoolsAreLimitedToo() {
        series(5).of(StudySeries.OTHER, "gpu").increment();
        assertEquals(List.of("other gpu 1"), exported());
        StudySeries<Counter> none = series(0);
        for (int i = 0; i < 1_000; i++) {
            none.of("study-" + i, "pool-" + i).increment();
        }
        assertTrue(exported().size() < 60, exported().toString());
    }

    @Test
    void tenThousandStudiesInAsManyPoolsMakeFewSeriesAndLoseNoCount() {
        StudySeries<Counter> series = series(100);
        for (int i = 0; i < MANY; i++) {
            series.of("study-" + i, "pool-" + i).increment();
        }
        assertTrue(registry.getMeters().size() <= 151, registry.getMeters().size() + " series");
        assertEquals(
                MANY,
                registry.find(NAME).counters().stream()
                        .mapToDouble(Counter::count)
                        .sum());
    }

    @Test
    void tenThousandStudiesOneAfterTheOtherMakeFewSeries() {
        StudySeries<Counter> series = series(100);
        for (int i = 0; i < MANY; i++) {
            series.of("study-" + i, "gpu").increment();
            series.ended("study-" + i);
            if (i % 7 == 0) {
                series.remove("study-" + i);
            }
        }
        assertTrue(registry.getMeters().size() <= 100, registry.getMeters().size() + " series");
    }
}
