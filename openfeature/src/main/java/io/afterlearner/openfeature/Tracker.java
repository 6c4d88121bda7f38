package io.afterlearner.openfeature;

import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.EventId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns tracked events into exposures and reports. Thread-safe. */
final class Tracker {
    private static final System.Logger LOG = System.getLogger(Tracker.class.getName());
    private static final String ID = "id";
    private static final String TOKEN = "token";

    /** What is reported; the same to each study. */
    private record Event(String unit, @Nullable String token, String name, double value, String id) {}

    /** Why an event is not reported; the first of each kind is logged. */
    private enum Problem {
        ID,
        VALUE,
        TOKEN,
        UNIT,
        ASSIGNMENT
    }

    private final Latest latest;
    private final AtomicLong untracked = new AtomicLong();
    private final Set<Problem> logged = EnumSet.noneOf(Problem.class);

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
    void track(List<Connected> studies, String name, String unit, @Nullable TrackingEventDetails details) {
        List<Connected> with = studies.stream()
                .filter(each -> each.flag().hasMetric(name) || each.flag().isExposedBy(name))
                .toList();
        if (with.isEmpty()) {
            return;
        }
        Event event = event(name, unit, details);
        if (!isSound(event)) {
            return;
        }
        boolean reported = false;
        for (Connected each : with) {
            reported |= report(each, event);
        }
        if (!reported) {
            unfounded(event);
        }
    }

    private static Event event(String name, String unit, @Nullable TrackingEventDetails details) {
        String id = attribute(details, ID);
        return new Event(
                unit,
                attribute(details, TOKEN),
                name,
                details == null
                        ? 1
                        : details.getValue().map(Number::doubleValue).orElse(1.0),
                id == null ? UUID.randomUUID().toString() : id);
    }

    private static @Nullable String attribute(@Nullable TrackingEventDetails details, String name) {
        Value value = details == null ? null : details.getValue(name);
        return value == null || value.isNull() ? null : String.valueOf(value.asObject());
    }

    /** The REST API has the same rules. */
    private boolean isSound(Event event) {
        String problem = EventId.problem(event.id());
        if (problem != null) {
            return untracked(event, Problem.ID, problem);
        }
        return Double.isFinite(event.value())
                || untracked(event, Problem.VALUE, "the value is " + event.value() + "; give a finite number");
    }

    private void unfounded(Event event) {
        if (event.token() != null) {
            untracked(event, Problem.TOKEN, "the token is none of these studies'; give that of the evaluation");
        } else if (event.unit().isEmpty()) {
            untracked(event, Problem.UNIT, "the context has no targeting key; set it to the unit, or give the token");
        } else {
            untracked(
                    event,
                    Problem.ASSIGNMENT,
                    "the unit was served nothing in this process that is remembered; evaluate before, or give the token");
        }
    }

    private boolean untracked(Event event, Problem kind, String problem) {
        untracked.incrementAndGet();
        synchronized (logged) {
            if (!logged.add(kind)) {
                return false;
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "tracked event {0} is not reported: {1}; untracked() counts further ones",
                event.name(),
                problem);
        return false;
    }

    private boolean report(Connected to, Event event) {
        String given = event.token();
        Optional<String> token = given == null
                ? latest.of(to.flag(), event.unit()).map(got -> to.study().token(got))
                : Optional.of(given).filter(any -> to.study().signed(any));
        token.ifPresent(proof -> {
            if (to.flag().isExposedBy(event.name())) {
                to.study().exposed(proof);
            }
            if (to.flag().hasMetric(event.name())) {
                to.study().report(proof, event.name(), event.value(), event.id());
            }
        });
        return token.isPresent();
    }
}
