package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.judge.ArmValues;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.judge.Serving;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Optional;

/** What the core says as records. */
final class Outputs {
    private static final int MOST_REASON_CHARACTERS = 1_000;
    private static final String VERSION = Optional.ofNullable(
                    Outputs.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final Codec<ArmsChange> changes = Codec.of(ArmsChange.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final String instance;

    Outputs(String instance) {
        this.instance = instance;
    }

    Out told(String study, Output.Told told, long atMillis) {
        Measured loss = new Measured(told.loss(), told.standardError());
        return new Out(
                Topics.FITNESS,
                fitness.encode(new Fitness(study, told.number(), loss, provenance(told.examples(), atMillis))));
    }

    Out failed(String study, Output.Failed failed, long atMillis) {
        Failed reason = new Failed(cut(failed.reason()), null);
        return new Out(
                Topics.FITNESS, fitness.encode(new Fitness(study, failed.number(), reason, provenance(0, atMillis))));
    }

    private Provenance provenance(long examples, long atMillis) {
        return new Provenance("feedback-service " + instance, VERSION, null, null, "online", examples, 0L, atMillis);
    }

    Out arms(String study, OnlineSpec online, JudgedStudy kept, Output.ArmsChanged changed, long atMillis) {
        Serving serving = changed.serving();
        return new Out(
                Topics.ARMS,
                arms.encode(new Arms(
                        study,
                        serving.revision(),
                        atMillis,
                        changed.by(),
                        cut(changed.reason()),
                        state(serving.state()),
                        online.getControlShare(),
                        online.getExploreShare(),
                        online.getWindowMillis(),
                        online.getSliceMillis(),
                        kept.salt(),
                        values(serving.control()),
                        values(serving.champion()),
                        serving.slots().stream().map(Outputs::values).toList())));
    }

    private static ArmsState state(Serving.State state) {
        return switch (state) {
            case EXPLORING -> ArmsState.EXPLORING;
            case HOLDING -> ArmsState.HOLDING;
            case REVERTED -> ArmsState.REVERTED;
        };
    }

    private static io.afterlearner.schemas.ArmValues values(ArmValues arm) {
        return new io.afterlearner.schemas.ArmValues(arm.number(), arm.values(), arm.sinceMillis());
    }

    Out audit(String study, OnlineState state, Output.Audit audit, long atMillis) {
        return new Out(
                Topics.AUDIT,
                changes.encode(new ArmsChange(
                        study,
                        state.serving().revision(),
                        atMillis,
                        audit.by(),
                        ArmsAction.valueOf(audit.action().name()),
                        cut(audit.reason()),
                        audit.from().number(),
                        audit.from().values(),
                        audit.to().number(),
                        audit.to().values())));
    }

    Out centre(String study, String id, Output.Centre centre, long atMillis) {
        return order(study, id, Action.CENTRE, centre.values(), "the champion changed", atMillis);
    }

    Out reopen(String study, String id, Output.Reopen reopen, long atMillis) {
        return order(study, id, Action.REOPEN, List.of(), cut(reopen.reason()), atMillis);
    }

    private Out order(String study, String id, Action action, List<Double> values, String reason, long atMillis) {
        return new Out(
                Topics.COMMANDS,
                commands.encode(new Command(study, id, atMillis, "feedback-service", action, 0L, values, reason)));
    }

    private static String cut(String reason) {
        return reason.length() <= MOST_REASON_CHARACTERS ? reason : reason.substring(0, MOST_REASON_CHARACTERS);
    }
}
