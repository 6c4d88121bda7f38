package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Bookkeeping;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.core.StudyMemory;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recovers studies by folding their logs again: all of them when a task starts, one after an input that broke it. */
final class Recovery {

    /** Studies by name: those that run here, and those that cannot. */
    record Recovered(Map<String, Study> studies, Map<String, SetAside> aside) {}

    private final StudyLog log;
    private final HeapBudget heap;

    Recovery(StudyLog log, HeapBudget heap) {
        this.log = log;
        this.heap = heap;
    }

    /** Every study in the log. The memory of those that run is taken. */
    Recovered all() {
        Refold refold = new Refold(heap);
        log.readAll(refold);
        return refold.recovered();
    }

    /** One study as the log has it; none if the log does not have it. */
    Recovered one(String study) {
        Refold refold = new Refold(heap);
        log.read(study, refold);
        return refold.recovered();
    }

    private record Refold(HeapBudget heap, Recovered recovered) implements StudyLog.Reader {

        Refold(HeapBudget heap) {
            this(heap, new Recovered(new TreeMap<>(), new TreeMap<>()));
        }

        @Override
        public void spec(StudySpec spec) {
            try {
                StudyMemory memory = Specs.memory(spec);
                if (!heap.takeAgain(memory.bytes())) {
                    throw new IllegalArgumentException(heap.refusal(memory));
                }
                recovered.studies().put(spec.getStudy(), new Study(spec, Specs.plan(spec), memory));
            } catch (IllegalArgumentException e) {
                recovered
                        .aside()
                        .put(spec.getStudy(), new SetAside(spec, Limits.reason("set aside: " + e.getMessage())));
            }
        }

        @Override
        public void bookkeeping(String study, Bookkeeping bookkeeping) {
            Study known = known(study);
            if (known != null) {
                known.state().restore(bookkeeping);
            }
        }

        @Override
        public void event(TrialEvent event, int bytes) {
            Study known = known(event.getStudy());
            if (known == null) {
                Objects.requireNonNull(recovered.aside().get(event.getStudy())).apply(event);
            } else {
                known.state().apply(Events.event(event));
                known.logged(bytes);
                // The verdict was requested when the event was new.
                var unused = known.needsVerdict();
            }
        }

        /** Null if it is set aside. */
        private @Nullable Study known(String study) {
            Study known = recovered.studies().get(study);
            if (known == null && !recovered.aside().containsKey(study)) {
                throw new IllegalStateException("the state store has events of " + study + " but not its spec");
            }
            return known;
        }
    }
}
