package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.ServiceException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the conditions of the situations that a Study can be in. */
record Standing(Clock clock) {
    /** Not at the optimizer yet; time helps. */
    Observed waiting(Study study, Observed before, String reason, String message) {
        return dated(
                study,
                before.in(Phase.PENDING),
                List.of(
                        Condition.of(Condition.ACCEPTED, null, reason, message),
                        Condition.of(Condition.READY, false, reason, message)));
    }

    /** It cannot become a study; a person has to change something. */
    Observed invalid(Study study, Observed before, String reason, String message) {
        return dated(
                study,
                before.in(Phase.INVALID),
                List.of(
                        Condition.of(Condition.ACCEPTED, false, reason, message),
                        Condition.of(Condition.READY, false, reason, message),
                        Condition.of(Condition.STALLED, true, reason, message)));
    }

    /** The optimizer had the study and does not have it any more. */
    Observed missing(Study study, Observed before) {
        String message = "the optimizer does not have study " + before.study()
                + " any more; delete this object and create it again to run the study anew";
        return dated(
                study,
                before.in(Phase.MISSING),
                List.of(
                        Condition.of(Condition.ACCEPTED, true, "Created", accepted(before.study())),
                        Condition.of(Condition.READY, false, "Missing", message),
                        Condition.of(Condition.STALLED, true, "Missing", message)));
    }

    /** Nothing new is known: the rest of the status stays, and Ready says why. */
    Observed unknown(Study study, Observed before, ServiceException problem) {
        List<Condition> next = kept(before, Condition.READY);
        next.add(Condition.of(Condition.READY, null, reason(problem), problem.problem()));
        return dated(study, before, next);
    }

    /** It is being deleted. */
    Observed deleting(Study study, Observed before, String reason, String message) {
        List<Condition> next = kept(before, Condition.READY);
        next.add(Condition.of(Condition.READY, false, reason, message));
        return dated(study, before.in(Phase.DELETING), next);
    }

    /** The conditions so far except one. */
    private static List<Condition> kept(Observed before, String except) {
        List<Condition> all = before.conditions() == null ? List.of() : before.conditions();
        return new ArrayList<>(
                all.stream().filter(each -> !each.type().equals(except)).toList());
    }

    Observed dated(Study study, Observed next, List<Condition> conditions) {
        return next.about(study.getMetadata().getGeneration(), clock.instant(), conditions);
    }

    static String accepted(@Nullable String id) {
        return "the optimizer has the study as " + id;
    }

    static String reason(ServiceException problem) {
        return problem.kind() == ServiceException.Kind.UNAUTHORIZED ? "OptimizerRefusesKey" : "OptimizerUnreachable";
    }
}
