package io.afterlearner.local.cli;

import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.schemas.StudySpec;

/** Whether anybody evaluates for a study. */
final class Pools {
    private Pools() {}

    /**
     * @throws StackException if the stack's evaluators work for another pool
     */
    static void check(StackState state, StudySpec spec) {
        String wanted = spec.getEvaluation().getPool();
        if (!state.pool().equals(wanted)) {
            throw new StackException("the running stack evaluates for pool " + state.pool() + " and the study wants "
                    + wanted + "; stop it with ./afterlearner down, or change evaluation.pool");
        }
    }
}
