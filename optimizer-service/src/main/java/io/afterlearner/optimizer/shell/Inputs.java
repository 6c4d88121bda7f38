package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.Status;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.ClaimState;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import org.jspecify.annotations.Nullable;

/** Turns records into the core's inputs. */
public final class Inputs {

    private static final int BRIEF_CHARACTERS = 80;

    private Inputs() {}

    /** The same fitness with a shortened reason, because many long reasons would fill a study's memory. */
    static Fitness brief(Fitness fitness) {
        if (!(fitness.getOutcome() instanceof Failed failed) || failed.getReason() == null) {
            return fitness;
        }
        String reason = failed.getReason();
        return Fitness.newBuilder(fitness)
                .setOutcome(
                        new Failed(reason.substring(0, Math.min(reason.length(), BRIEF_CHARACTERS)), failed.getCause()))
                .build();
    }

    static Input input(Fitness fitness, long nowMillis) {
        Provenance from = fitness.getProvenance();
        if (fitness.getOutcome() instanceof Measured measured) {
            return new Input.Measured(
                    nowMillis,
                    fitness.getNumber(),
                    measured.getLoss(),
                    measured.getStandardError(),
                    from.getExamples(),
                    from.getEvaluator(),
                    from.getDurationMicros());
        }
        RecordedFailure failure = RecordedFailure.of((Failed) fitness.getOutcome());
        return new Input.Unmeasured(
                nowMillis, fitness.getNumber(), failure, from.getEvaluator(), from.getDurationMicros());
    }

    /** The claim in a record; null if this version does not know its state. */
    static Input.@Nullable Claimed input(Claim claim, long nowMillis) {
        return claim.getState() == ClaimState.UNKNOWN
                ? null
                : new Input.Claimed(
                        nowMillis,
                        claim.getNumber(),
                        claim.getEvaluator(),
                        claim.getDelivery(),
                        claim.getState() == ClaimState.TAKEN);
    }

    /** Whether only the feedback service carries out the command. It goes on serving after the last candidate is told. */
    public static boolean isForOthers(Command command, StudySpec spec, Status status) {
        return switch (command.getAction()) {
            case REVERT, APPROVE, REJECT, GRANT -> true;
            case PAUSE, RESUME, STOP -> spec.getOnline() != null && status == Status.FINISHED;
            default -> false;
        };
    }

    /** Why the feedback service would not carry out the command; null if it may. */
    public static @Nullable String onlineRefusal(Command command, @Nullable OnlineSpec online) {
        if (online == null) {
            return "the study is scored on data: " + command.getAction()
                    + " is for online studies, which have a champion";
        }
        boolean answers = command.getAction() == Action.APPROVE || command.getAction() == Action.REJECT;
        return answers && !online.getApproval()
                ? "the study promotes without approval, so there is no proposal to " + command.getAction()
                        + "; create a study with online.approval: true"
                : null;
    }

    /** The order in a command; null if the optimizer does not carry it out. */
    public static Input.@Nullable Order order(Command command, long nowMillis) {
        Input.@Nullable Action action = switch (command.getAction()) {
            case PAUSE, RESUME, STOP, EXTEND, SUGGEST, CENTRE, REOPEN ->
                Input.Action.valueOf(command.getAction().name());
            case REVERT, APPROVE, REJECT, GRANT, UNKNOWN -> null;
        };
        return action == null
                ? null
                : new Input.Order(
                        nowMillis,
                        command.getId(),
                        command.getBy(),
                        action,
                        command.getBudget(),
                        Events.array(command.getValues()),
                        command.getReason());
    }
}
