package io.afterlearner.openfeature;

import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import io.afterlearner.client.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns tracked events into reports. Thread-safe. */
final class Tracker {
    private static final String ID = "id";
    private static final String TOKEN = "token";

    /** What is reported; the same to each study. */
    private record Event(String unit, @Nullable String token, String metric, double value, String id) {}

    private final Latest latest;
    private final AtomicLong untracked = new AtomicLong();

    /** @param most assignments that are remembered */
    Tracker(int most) {
        latest = new Latest(most);
    }

    void remember(StudyFlag flag, String unit, Assignment got) {
        latest.put(flag, unit, got);
    }

    long untracked() {
        return untracked.get();
    }

    /** @param unit empty if it is not known */
    void track(List<Connected> studies, String metric, String unit, @Nullable TrackingEventDetails details) {
        List<Connected> with =
                studies.stream().filter(each -> each.flag().hasMetric(metric)).toList();
        if (with.isEmpty()) {
            return;
        }
        Event event = event(metric, unit, details);
        boolean reported = false;
        for (Connected each : with) {
            reported |= Double.isFinite(event.value()) && report(each, event);
        }
        if (!reported) {
            untracked.incrementAndGet();
        }
    }

    private static Event event(String metric, String unit, @Nullable TrackingEventDetails details) {
        if (details == null) {
            return new Event(unit, null, metric, 1, UUID.randomUUID().toString());
        }
        String id = attribute(details, ID);
        return new Event(
                unit,
                attribute(details, TOKEN),
                metric,
                details.getValue().map(Number::doubleValue).orElse(1.0),
                id == null ? UUID.randomUUID().toString() : id);
    }

    private static @Nullable String attribute(TrackingEventDetails details, String name) {
        Value value = details.getValue(name);
        return value == null || value.isNull() ? null : String.valueOf(value.asObject());
    }

    private boolean report(Connected to, Event event) {
        String given = event.token();
        Optional<String> token = given == null
                ? latest.of(to.flag(), event.unit()).map(got -> to.study().token(got))
                : Optional.of(given).filter(any -> to.study().signed(any));
        token.ifPresent(proof -> to.study().report(proof, event.metric(), event.value(), event.id()));
        return token.isPresent();
    }
}
