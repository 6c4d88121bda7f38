package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.StudyView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the result of a study that is over where {@code spec.output} says. */
public interface Exports {
    /**
     * @param conditions about it; none if nothing is to be written
     * @param again when to look again; null if nothing is awaited
     */
    record Export(
            Observed.@Nullable Written written,
            List<Condition> conditions,
            @Nullable Duration again) {
        public static final Export NONE = new Export(null, List.of(), null);
    }

    Export of(Study study, Observed now, StudyView view);

    /** Stops writing the result of a Study that is deleted. */
    void cancel(Study study);
}
