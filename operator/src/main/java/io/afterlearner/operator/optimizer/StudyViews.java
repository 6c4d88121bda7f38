package io.afterlearner.operator.optimizer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the optimizer last said about all studies: one request each time, whatever their number. */
public final class StudyViews {
    private static final Logger LOG = Logger.getLogger(StudyViews.class);
    private static final int MAX_DOUBLINGS = 4;

    private final Optimizer optimizer;
    private final Duration interval;
    private volatile Map<String, StudyView> byId = new ConcurrentHashMap<>();
    private volatile @Nullable OptimizerException problem;
    private volatile boolean isKnown;
    private final AtomicInteger failures = new AtomicInteger();

    public StudyViews(Optimizer optimizer, Duration interval) {
        this.optimizer = optimizer;
        this.interval = interval;
    }

    /** Asks for all studies. */
    public void refresh() {
        try {
            byId = optimizer.list().stream()
                    .collect(Collectors.toMap(
                            StudyView::study, view -> view, (first, second) -> second, ConcurrentHashMap::new));
            if (failures.getAndSet(0) > 0) {
                LOG.info("the optimizer answers again");
            }
            problem = null;
            isKnown = true;
        } catch (OptimizerException e) {
            if (failures.getAndIncrement() == 0) {
                LOG.warn(e.problem());
            }
            problem = e;
        }
    }

    /** When to ask again: ever more rarely while the optimizer does not answer. */
    public Duration pause() {
        return interval.multipliedBy(1L << Math.min(failures.get(), MAX_DOUBLINGS));
    }

    /** Why the latest request failed; null if it did not. */
    public @Nullable OptimizerException problem() {
        return problem;
    }

    /** Whether any answer has come yet. */
    public boolean isKnown() {
        return isKnown;
    }

    public Optional<StudyView> find(String study) {
        return Optional.ofNullable(byId.get(study));
    }

    public List<StudyView> named(String name) {
        return byId.values().stream().filter(view -> view.name().equals(name)).toList();
    }

    /** Remembers a newer answer about one study. */
    public void put(StudyView view) {
        byId.put(view.study(), view);
    }

    public void remove(String study) {
        byId.remove(study);
    }
}
