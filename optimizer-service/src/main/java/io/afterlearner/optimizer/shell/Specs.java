package io.afterlearner.optimizer.shell;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.StudyMemory;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Topics;
import io.afterlearner.space.AlephSpace;

/** Turns a study's spec into the optimizer's plan. */
public final class Specs {

    private Specs() {}

    /**
     * The plan of a spec, checked.
     *
     * @throws IllegalArgumentException if the study is refused; one line: the field, what is wrong, and how to fix it
     */
    public static RunPlan plan(StudySpec spec) {
        SpecTexts.check(spec);
        Topics.candidates(spec.getEvaluation().getPool());
        OnlineRules.check(spec);
        RunPlan plan = new RunPlan(
                spec.getStudy(),
                problem(spec),
                spec.getOptimizer().getType(),
                spec.getPriors().stream().map(Specs::prior).toList(),
                spec.getOnline() == null ? Double.NaN : spec.getOnline().getTrustRegion(),
                byNumber(spec.getOptimizer().getOrder()),
                spec.getEvaluation().getTimeoutMillis(),
                waitMillis(spec),
                spec.getEvaluation().getPool());
        String refusal = Limits.refusal(plan);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        double minimumGain = spec.getEvaluation().getMinimumGain();
        if (!(minimumGain >= 0 && minimumGain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "evaluation.minimumGain is " + minimumGain + "; give a finite number of at least 0");
        }
        return plan;
    }

    /**
     * How much memory a study takes at most. Cheap: it makes no optimizer.
     *
     * @throws IllegalArgumentException if the spec names no space, or no algorithm; one line
     */
    public static StudyMemory memory(StudySpec spec) {
        return StudyMemory.of(
                problem(spec),
                spec.getOptimizer().getType(),
                spec.getStudy().length(),
                spec.getPriors().size());
    }

    /** Users evaluate the candidates of an online study, and nobody says when they begin: its timeout runs from asking. */
    private static long waitMillis(StudySpec spec) {
        EvaluationSpec evaluation = spec.getEvaluation();
        return spec.getOnline() == null ? evaluation.getWaitMillis() : evaluation.getTimeoutMillis();
    }

    private static boolean byNumber(TellOrder order) {
        if (order == TellOrder.UNKNOWN) {
            throw new IllegalArgumentException("optimizer.order is unknown to this version; give ARRIVAL or NUMBER");
        }
        return order == TellOrder.NUMBER;
    }

    private static Problem problem(StudySpec spec) {
        Space space = AlephSpace.of(spec.getAleph());
        OptimizerSpec wanted = spec.getOptimizer();
        String refusal =
                Limits.overLimit(wanted.getBudget(), wanted.getParallelism(), wanted.getRuns(), space.dimension());
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        // Users' reports are always noisy, whatever the spec says.
        Problem.Noise noise = spec.getOnline() == null
                ? Problem.Noise.valueOf(wanted.getNoise().name())
                : Problem.Noise.SOME;
        return Problem.of(space, wanted.getBudget(), wanted.getParallelism(), wanted.getSeed())
                .withRuns(wanted.getRuns())
                .withNoise(noise);
    }

    private static RunPlan.Prior prior(Prior prior) {
        return new RunPlan.Prior(Events.array(prior.getValues()), prior.getLoss(), prior.getStandardError());
    }
}
