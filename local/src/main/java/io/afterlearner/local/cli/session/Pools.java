package io.afterlearner.local.cli.session;

import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.schemas.StudySpec;

/** Whether anybody evaluates for a study. */
public final class Pools {
    private Pools() {}

    /**
     * @throws StackException if the stack's evaluators work for another pool, or if the study is for users and the stack
     *     cannot serve them
     */
    public static void check(StackState state, StudySpec spec) {
        if (spec.getOnline() != null) {
            if (state.feedback() == null) {
                throw new StackException(
                        "the running stack has no feedback service, which online studies need; wait for"
                                + " the command that runs it, or start one that has with ./afterlearner up");
            }
            return;
        }
        String wanted = spec.getEvaluation().getPool();
        if (!state.pool().equals(wanted)) {
            throw new StackException("the running stack serves pool " + state.pool() + " but the study uses pool "
                    + wanted + "; stop it with ./afterlearner down, or change evaluation.pool");
        }
    }
}
