package io.afterlearner.evaluator.shell;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.rights.RightsWatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets an evaluator rest while it lacks a right on Kafka, so that no candidate is evaluated in vain, and go on once the right is
 * granted. Thread-safe.
 */
final class RightsRest {
    private final RightsWatch rights;
    private final Rest rest;
    private volatile boolean begun;

    /** @param retry tries what else may make an evaluator rest; returns why it still cannot evaluate, or null */
    RightsRest(RightsWatch rights, Supplier<@Nullable String> retry) {
        this.rights = rights;
        this.rest = new Rest(() -> problem() == null ? retry.get() : problem(), System::nanoTime);
        rights.onAnswer(this::answered);
    }

    Rest rest() {
        return rest;
    }

    private @Nullable String problem() {
        return rights.problems().values().stream().findFirst().orElse(null);
    }

    private void answered() {
        String problem = problem();
        if (problem != null) {
            begin(problem);
        } else if (begun) {
            begun = false;
            rest.hurry();
        }
    }

    private void begin(String problem) {
        begun = true;
        rest.begin(problem);
    }

    /** Whether the failure comes from a missing right or refused credentials; if so, a rest has begun. */
    boolean isDenied(Throwable failure) {
        if (!rights.failed(failure)) {
            return false;
        }
        String problem = problem();
        begin(problem == null ? KafkaReason.of(failure) + "; grant the right to this evaluator's user" : problem);
        return true;
    }
}
