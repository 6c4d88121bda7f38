package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Champions;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.ServiceException;
import io.afterlearner.operator.services.StudyView;
import io.afterlearner.operator.services.StudyViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows in the status of a Study what the optimizer says, after it has sent the commands that the spec asks for. */
record Mirror(
        Optimizer optimizer,
        StudyViews views,
        Champions champions,
        Steering steering,
        Exports exports,
        Standing standing) {

    /** @param before names a study that the optimizer has accepted */
    Outcome of(Study study, Observed before) {
        ServiceException problem = views.problem();
        if (problem != null) {
            return Outcome.of(standing.unknown(study, before, problem));
        }
        if (!views.isKnown()) {
            // At the start. Otherwise each status would be written twice.
            return Outcome.of(before);
        }
        try {
            Optional<StudyView> view = find(String.valueOf(before.study()));
            return view.isEmpty() ? Outcome.of(standing.missing(study, before)) : show(study, before, view.get());
        } catch (ServiceException e) {
            return Outcome.of(standing.unknown(study, before, e));
        }
    }

    /** A study that the list lacks may be newer than the list. */
    private Optional<StudyView> find(String id) {
        Optional<StudyView> listed = views.find(id);
        if (listed.isPresent()) {
            return listed;
        }
        Optional<StudyView> found = optimizer.find(id);
        found.ifPresent(views::put);
        return found;
    }

    private Outcome show(Study study, Observed before, StudyView view) {
        Steering.Steered steered = steering.carryOut(study, before, view);
        Observed next =
                before.in(phase(view)).suspended(steered.suspended()).showing(Figures.of(view), Figures.verdict(view));
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.of(Condition.ACCEPTED, true, "Created", Standing.accepted(view.study())));
        conditions.add(finished(view));
        if (study.getSpec().isOnline()) {
            Serving serving = Serving.of(champions.of(view.study()), before);
            next = next.serving(serving.champion());
            conditions.add(serving.condition());
        }
        Exports.Export export = exports.of(study, next, view);
        conditions.addAll(export.conditions());
        conditions.addAll(ready(study, before, view, steered.problem()));
        return new Outcome(standing.dated(study, next.writing(export.written()), conditions), export.again());
    }

    private static Phase phase(StudyView view) {
        return switch (view.status()) {
            case "PAUSED" -> Phase.PAUSED;
            case "FINISHED" -> Phase.FINISHED;
            case "STOPPED" -> Phase.STOPPED;
            default -> Phase.RUNNING;
        };
    }

    private static Condition finished(StudyView view) {
        if (!view.isOver()) {
            return Condition.of(Condition.FINISHED, false, phase(view).word(), "the study is not over");
        }
        String why = view.reason() == null ? "all candidates of the budget have ended" : view.reason();
        return Condition.of(Condition.FINISHED, true, phase(view).word(), why);
    }

    private static List<Condition> ready(Study study, Observed before, StudyView view, @Nullable String problem) {
        String digest = before.specDigest();
        if (digest != null && !digest.equals(study.getSpec().fixedDigest())) {
            return stalled(
                    "SpecChanged",
                    "the spec was changed after the study was created, and the study goes on as created; change it"
                            + " back, or create another Study");
        }
        if (problem != null) {
            return stalled("CommandRefused", problem);
        }
        String word = phase(view).word();
        return List.of(Condition.of(Condition.READY, true, word, "the study is " + word.toLowerCase(Locale.ROOT)));
    }

    private static List<Condition> stalled(String reason, String message) {
        return List.of(
                Condition.of(Condition.READY, false, reason, message),
                Condition.of(Condition.STALLED, true, reason, message));
    }
}
