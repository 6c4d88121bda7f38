package io.afterlearner.optimizer.shell.metrics;

import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Status;
import io.afterlearner.optimizer.core.StudyState;
import org.jspecify.annotations.Nullable;

/** One study's part in the metrics. It keeps its meters between changes of its status, so that an event costs no look-up. */
public final class MeteredStudy {
    private final LoopMetrics metrics;
    private final String study;
    private final String pool;
    private final Progress progress = new Progress();
    private @Nullable StudyMeters meters;
    private @Nullable Status status;

    MeteredStudy(LoopMetrics metrics, String study, String pool) {
        this.metrics = metrics;
        this.study = study;
        this.pool = pool;
    }

    /** Shows the study as it is now. */
    public void show(StudyState state) {
        progress.write(state);
        if (state.status() != status) {
            moved(state.status());
        }
    }

    private void moved(Status now) {
        metrics.moved(status, now);
        status = now;
        StudyMeters mine = metrics.series().of(study, pool);
        if (meters != null && meters != mine) {
            meters.hide(progress);
        }
        meters = mine;
        mine.show(progress);
        if (now.hasEnded()) {
            metrics.series().ended(study);
        } else {
            metrics.series().resumed(study);
        }
    }

    public void happened(Event event) {
        if (meters != null) {
            meters.happened(event);
        }
    }

    public void ignored(Decision.Kind kind) {
        if (meters != null) {
            meters.ignored(kind);
        }
    }

    /** The study was deleted, or no task of this instance holds it any longer. */
    public void gone() {
        if (meters != null) {
            meters.hide(progress);
            meters = null;
            metrics.moved(status, null);
            status = null;
        }
        metrics.gone(this);
    }

    String study() {
        return study;
    }

    String pool() {
        return pool;
    }

    long oldestAskedMillis() {
        return progress.oldestAskedMillis;
    }
}
