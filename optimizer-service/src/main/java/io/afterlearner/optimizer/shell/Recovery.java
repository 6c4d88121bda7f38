package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Bookkeeping;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recovers studies by folding their logs again: all of them when a task starts, one after an input that broke it. */
final class Recovery {
    private final StudyLog log;

    Recovery(StudyLog log) {
        this.log = log;
    }

    /** Every study in the log, by name. */
    Map<String, Study> all() {
        Refold refold = new Refold();
        log.readAll(refold);
        return refold.studies;
    }

    /** One study as the log has it; null if the log does not have it. */
    @Nullable
    Study one(String study) {
        Refold refold = new Refold();
        log.read(study, refold);
        return refold.studies.get(study);
    }

    private static final class Refold implements StudyLog.Reader {
        private final Map<String, Study> studies = new TreeMap<>();

        @Override
        public void spec(StudySpec spec) {
            studies.put(spec.getStudy(), new Study(spec, Specs.plan(spec)));
        }

        @Override
        public void bookkeeping(String study, Bookkeeping bookkeeping) {
            known(study).state().restore(bookkeeping);
        }

        @Override
        public void event(TrialEvent event) {
            Study study = known(event.getStudy());
            study.state().apply(Events.event(event));
            // It was asked for when the event was new.
            var unused = study.needsVerdict();
        }

        private Study known(String study) {
            Study known = studies.get(study);
            if (known == null) {
                throw new IllegalStateException("the state store has events of " + study + " but not its spec");
            }
            return known;
        }
    }
}
