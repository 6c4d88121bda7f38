package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.ServiceException;
import io.afterlearner.operator.services.StudyView;
import io.afterlearner.operator.services.StudyViews;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deleting a Study stops its study and deletes it at the optimizer. */
record Removal(Optimizer optimizer, StudyViews views, Standing standing) {
    /** The status while it goes on; null when the study is gone. */
    @Nullable
    Observed of(Study study) {
        Observed before = study.observed();
        String id = before.study();
        if (id == null) {
            return null;
        }
        try {
            Optional<StudyView> view = optimizer.find(id);
            if (view.isPresent() && view.get().isOver()) {
                optimizer.delete(id);
                view = optimizer.find(id);
            }
            if (view.isEmpty()) {
                views.remove(id);
                return null;
            }
            stop(study, view.get());
            return standing.deleting(study, before, "Stopping", "the study is being stopped and deleted");
        } catch (ServiceException e) {
            String message = e.problem() + "; the operator tries again. To keep the study at the optimizer, remove"
                    + " this object's finalizer";
            return standing.deleting(study, before, e.isRefusal() ? "DeletionRefused" : Standing.reason(e), message);
        }
    }

    private void stop(Study study, StudyView view) {
        if (!view.isOver()) {
            String id = study.getMetadata().getUid() + "-" + view.sequence() + "-STOP";
            optimizer.command(view.study(), "STOP", id, Steering.by(study), null);
        }
    }
}
