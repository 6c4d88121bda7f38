package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.scoring.Scoring;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** Starts evaluators without metrics. */
final class TestedEvaluators {
    private static final EvaluatorEvents UNHEARD = new EvaluatorEvents() {};

    private TestedEvaluators() {}

    static Evaluators start(EvaluatorSettings settings) {
        return Evaluators.start(settings, UNHEARD);
    }

    static Evaluators start(EvaluatorSettings settings, Function<ScheduledExecutorService, Scoring> scoring) {
        return Evaluators.start(settings, UNHEARD, scoring);
    }
}
