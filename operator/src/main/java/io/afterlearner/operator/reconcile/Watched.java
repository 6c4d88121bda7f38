package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.optimizer.StudyView;
import io.afterlearner.operator.optimizer.StudyViews;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final long intervalNanos;
    private final LongSupplier nanos;
    private final Map<ResourceID, Seen> all = new ConcurrentHashMap<>();

    /**
     * @param view what was shown; null for nothing
     * @param answered whether the optimizer answered then
     * @param missing whether it was shown that the optimizer does not have the study
     */
    record Seen(@Nullable String study, @Nullable StudyView view, boolean answered, boolean missing, long atNanos) {}

    Watched(StudyViews views, Duration interval, LongSupplier nanos) {
        this.views = views;
        this.intervalNanos = interval.toNanos();
        this.nanos = nanos;
    }

    /** What is known of a study now; to be asked before its status is made, because more may be known afterwards. */
    Seen now(@Nullable String study) {
        StudyView view = study == null ? null : views.find(study).orElse(null);
        return new Seen(study, view, isAnswered(), false, nanos.getAsLong());
    }

    /** @param from what the status was made from */
    void shown(ResourceID id, Observed status, Seen from) {
        all.put(
                id,
                new Seen(
                        status.study(), from.view(), from.answered(), status.phase() == Phase.MISSING, from.atNanos()));
    }

    void forget(ResourceID id) {
        all.remove(id);
    }

    int size() {
        return all.size();
    }

    List<ResourceID> due() {
        long now = nanos.getAsLong();
        long spread = 1_000_000_000L / MAX_WRITES_PER_SECOND * all.size();
        long pause = Math.max(intervalNanos, spread);
        return all.entrySet().stream()
                .filter(each -> isDue(each.getValue(), now - each.getValue().atNanos() >= pause))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isDue(Seen seen, boolean isTime) {
        if (seen.answered() != isAnswered()) {
            return !isSettled(seen);
        }
        if (!isAnswered() || seen.study() == null) {
            return false;
        }
        StudyView now = views.find(seen.study()).orElse(null);
        if (now == null) {
            return !seen.missing();
        }
        if (now.equals(seen.view())) {
            return false;
        }
        boolean changed = seen.view() == null
                || !now.status().equals(seen.view().status())
                || !Objects.equals(now.verdict(), seen.view().verdict());
        return changed || isTime;
    }

    /** Whether nothing can come any more, so that the optimizer's absence is no news. */
    private static boolean isSettled(Seen seen) {
        return seen.view() != null && seen.view().isOver() && seen.view().verdict() != null;
    }

    private boolean isAnswered() {
        return views.isKnown() && views.problem() == null;
    }
}
