package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.ServiceException;
import io.afterlearner.operator.services.StudyView;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends the commands that the spec asks for: pause, resume, a larger budget. Their ids follow from what they answer, so the same
 * situation leads to one command, however often and by whomever it is seen.
 */
record Steering(Optimizer optimizer) {
    /**
     * @param suspended whether the study is paused because of {@code spec.suspend}
     * @param problem why a command was refused; null if none was
     */
    record Steered(@Nullable Boolean suspended, @Nullable String problem) {}

    Steered carryOut(Study study, Observed before, StudyView view) {
        Boolean paused = before.suspended();
        try {
            extend(study, view);
            paused = suspend(study, before, view);
            return new Steered(paused, null);
        } catch (ServiceException e) {
            if (e.isRefusal()) {
                return new Steered(paused, e.problem());
            }
            throw e;
        }
    }

    private void extend(Study study, StudyView view) {
        OptionalLong budget = study.getSpec().budget();
        if (budget.isPresent() && budget.getAsLong() > view.budget()) {
            send(study, view, "EXTEND", budget.getAsLong());
        }
    }

    /** A study that a person paused stays paused if the spec does not speak of it. */
    private @Nullable Boolean suspend(Study study, Observed before, StudyView view) {
        Boolean wanted = study.getSpec().suspend();
        boolean ours = Boolean.TRUE.equals(before.suspended());
        if (Boolean.TRUE.equals(wanted)) {
            if (view.isRunning()) {
                send(study, view, "PAUSE", null);
            }
            return view.isOver() ? null : (Boolean) true;
        }
        if (view.isPaused() && (ours || wanted != null)) {
            send(study, view, "RESUME", null);
            return ours ? (Boolean) true : null;
        }
        return null;
    }

    private void send(Study study, StudyView view, String action, @Nullable Long budget) {
        String id = study.getMetadata().getUid() + "-" + view.sequence() + "-" + action;
        optimizer.command(view.study(), action, budget == null ? id : id + "-" + budget, by(study), budget);
    }

    static String by(Study study) {
        String by = "Study " + study.label();
        return by.length() > 200 ? by.substring(0, 200) : by;
    }
}
