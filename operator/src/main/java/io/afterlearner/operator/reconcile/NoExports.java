package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.StudyView;
import java.util.List;

/** Says that this operator cannot write results. */
public record NoExports() implements Exports {
    @Override
    public Export of(Study study, Observed now, StudyView view) {
        if (study.getSpec().outputUri() == null) {
            return Export.NONE;
        }
        String message = "this operator is not configured to write results; ask its administrator to set"
                + " afterlearner.operator.export-job, or omit spec.output";
        return new Export(null, List.of(Condition.of(Condition.EXPORTED, false, "NotConfigured", message)), null);
    }

    @Override
    public void cancel(Study study) {
        // Nothing was begun.
    }
}
