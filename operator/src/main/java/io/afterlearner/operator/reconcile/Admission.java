package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resolve.Resolution;
import io.afterlearner.operator.resolve.Resolutions;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.ServiceException;
import io.afterlearner.operator.services.StudyView;
import io.afterlearner.operator.services.StudyViews;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.StudyId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Brings a Study to the optimizer. The id is written into the status before the study is created, so that a deletion finds the study
 * even if the operator is killed in between. Creating is idempotent: the id follows from the content.
 */
record Admission(Optimizer optimizer, StudyViews views, Resolutions resolutions, Standing standing, Mirror mirror) {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    Outcome of(Study study) {
        Observed before = study.observed();
        Resolution resolution = resolutions.of(study);
        if (resolution instanceof Resolution.Refused refused) {
            return Outcome.of(standing.invalid(study, before, "InvalidSpec", refused.problem()));
        }
        if (resolution instanceof Resolution.Resolved resolved) {
            return create(study, before, resolved.spec());
        }
        return Outcome.of(standing.waiting(study, before, "Resolving", "the operator reads the model and the data"));
    }

    private Outcome create(Study study, Observed before, StudySpec spec) {
        ServiceException problem = views.problem();
        if (problem != null) {
            return unreachable(study, before, problem);
        }
        if (!views.isKnown()) {
            return Outcome.of(before);
        }
        try {
            String id = id(before, spec);
            if (!id.equals(before.study())) {
                String digest = study.getSpec().fixedDigest();
                Observed named = before.named(id, digest);
                return new Outcome(
                        standing.waiting(study, named, "Creating", "the study is being created as " + id), AT_ONCE);
            }
            if (views.find(id).isEmpty()) {
                views.put(
                        optimizer.create(StudySpec.newBuilder(spec).setStudy(id).build()));
            }
            return mirror.of(study, accepted(study, before));
        } catch (ServiceException e) {
            return e.isRefusal() ? refused(study, before, e) : unreachable(study, before, e);
        }
    }

    private Observed accepted(Study study, Observed before) {
        return standing.dated(
                study,
                before,
                List.of(Condition.of(Condition.ACCEPTED, true, "Created", Standing.accepted(before.study()))));
    }

    private Outcome refused(Study study, Observed before, ServiceException e) {
        return new Outcome(standing.invalid(study, before.named(null, null), "RefusedByOptimizer", e.problem()), RETRY);
    }

    private Outcome unreachable(Study study, Observed before, ServiceException e) {
        return Outcome.of(standing.waiting(study, before, Standing.reason(e), e.problem()));
    }

    /** The id of the study; that of the study it already is, if its status was lost or it was extended since. */
    private String id(Observed before, StudySpec spec) {
        String planned = before.study();
        if (planned != null && views.find(planned).isPresent()) {
            return planned;
        }
        return views.named(spec.getName()).stream()
                .filter(view -> isThis(view, spec))
                .map(StudyView::study)
                .findFirst()
                .orElse(spec.getStudy());
    }

    private boolean isThis(StudyView view, StudySpec spec) {
        if (view.study().equals(spec.getStudy())) {
            return true;
        }
        OptimizerSpec first = OptimizerSpec.newBuilder(spec.getOptimizer())
                .setBudget(optimizer.firstBudget(view.study()))
                .build();
        return Objects.equals(
                StudyId.of(StudySpec.newBuilder(spec).setOptimizer(first).build()), view.study());
    }
}
