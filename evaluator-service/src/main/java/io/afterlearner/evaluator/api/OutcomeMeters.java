package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.EvaluatorEvents.Outcome;
import io.afterlearner.observability.MeterGroup;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts the candidates and verdicts of one study. Thread-safe. */
final class OutcomeMeters {
    private final Map<Outcome, Counter> candidates = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Counter> verdicts = new EnumMap<>(Outcome.class);

    OutcomeMeters(MeterGroup group) {
        for (Outcome outcome : Outcome.values()) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            candidates.put(
                    outcome,
                    group.counter(
                            "afterlearner.evaluator.candidates",
                            "Candidates by what became of them.",
                            "outcome",
                            name));
            verdicts.put(
                    outcome,
                    group.counter(
                            "afterlearner.evaluator.verdicts",
                            "Requests to score the test split by what became of them.",
                            "outcome",
                            name));
        }
    }

    void candidate(Outcome outcome) {
        Objects.requireNonNull(candidates.get(outcome)).increment();
    }

    void verdict(Outcome outcome) {
        Objects.requireNonNull(verdicts.get(outcome)).increment();
    }
}
