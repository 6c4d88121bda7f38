package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Champions;
import io.afterlearner.operator.services.StudyView;
import io.afterlearner.operator.services.StudyViews;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which Studies have to be looked at after the optimizer was asked. A change of state is shown at once. Progress is written at most once
 * per interval and Study, and more rarely if many studies run, so that all of them together stay within a rate.
 */
final class Watched {
    /** Writes of progress per second, over all Studies. */
    private static final int MAX_WRITES_PER_SECOND = 20;

    private final StudyViews views;
    private final Champions champions;
    private final long intervalNanos;
    private final LongSupplier nanos;
    private final Map<ResourceID, Seen> all = new ConcurrentHashMap<>();

    /**
     * What a status is made from.
     *
     * @param view null for nothing
     * @param answer of the feedback service; null unless the study is online
     * @param answered whether the optimizer answered then
     */
    record Known(@Nullable StudyView view, Champions.@Nullable Answer answer, boolean answered, long atNanos) {}

    private record Seen(Observed status, Known from) {
        @Nullable
        String study() {
            return status.study();
        }

        Phase phase() {
            Phase phase = status.phase();
            return phase == null ? Phase.PENDING : phase;
        }
    }

    Watched(StudyViews views, Champions champions, Duration interval, LongSupplier nanos) {
        this.views = views;
        this.champions = champions;
        this.intervalNanos = interval.toNanos();
        this.nanos = nanos;
    }

    /** What is known of a Study now; to be asked before its status is made, because more may be known afterwards. */
    Known now(Study study) {
        String id = study.observed().study();
        StudyView view = id == null ? null : views.find(id).orElse(null);
        Champions.Answer answer = id != null && study.getSpec().isOnline() ? champions.of(id) : null;
        return new Known(view, answer, isAnswered(), nanos.getAsLong());
    }

    /** @param from what the status was made from */
    void shown(ResourceID id, Observed status, Known from) {
        all.put(id, new Seen(status, from));
    }

    /** The status that was made last; empty if none was. The object that is looked at may still have an older one. */
    Optional<Observed> last(ResourceID id) {
        return Optional.ofNullable(all.get(id)).map(Seen::status);
    }

    void forget(ResourceID id) {
        all.remove(id);
    }

    int size() {
        return all.size();
    }

    /** How many Studies are in a phase. */
    long in(Phase phase) {
        return all.values().stream().filter(seen -> seen.phase() == phase).count();
    }

    boolean hasOnline() {
        return all.values().stream().anyMatch(seen -> seen.from().answer() != null);
    }

    List<ResourceID> due() {
        long now = nanos.getAsLong();
        long spread = 1_000_000_000L / MAX_WRITES_PER_SECOND * all.size();
        long pause = Math.max(intervalNanos, spread);
        return all.entrySet().stream()
                .filter(each ->
                        isDue(each.getValue(), now - each.getValue().from().atNanos() >= pause))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isDue(Seen seen, boolean isTime) {
        Known from = seen.from();
        if (from.answered() != isAnswered()) {
            return !isSettled(from.view()) || servesOther(seen);
        }
        if (!isAnswered() || seen.study() == null) {
            return false;
        }
        StudyView now = views.find(seen.study()).orElse(null);
        if (now == null) {
            return seen.phase() != Phase.MISSING;
        }
        if (servesOther(seen)) {
            return true;
        }
        StudyView then = from.view();
        if (now.equals(then)) {
            return false;
        }
        boolean changed =
                then == null || !now.status().equals(then.status()) || !Objects.equals(now.verdict(), then.verdict());
        return changed || isTime;
    }

    private boolean servesOther(Seen seen) {
        Champions.Answer then = seen.from().answer();
        if (then == null || seen.study() == null) {
            return false;
        }
        Champions.Answer now = champions.of(seen.study());
        return !now.equals(then) && (now.problem() == null || then.problem() == null);
    }

    /** Whether nothing can come any more, so that the optimizer's absence is no news. */
    private static boolean isSettled(@Nullable StudyView view) {
        return view != null && view.isOver() && view.verdict() != null;
    }

    private boolean isAnswered() {
        return views.contact().isUp();
    }
}
