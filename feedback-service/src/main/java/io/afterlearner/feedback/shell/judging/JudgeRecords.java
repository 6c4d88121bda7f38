package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.ArmValues;
import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.judge.Serving;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.AlephArray;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsGroup;
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
import java.util.UUID;

/** Encodes the judge's outputs as records. */
final class JudgeRecords {
    static final String SERVICE = "feedback-service";
    private static final int MAX_REASON_CHARACTERS = 1_000;
    private static final String VERSION = Optional.ofNullable(
                    JudgeRecords.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final Codec<ArmsChange> changes = Codec.of(ArmsChange.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final String instance;

    JudgeRecords(String instance) {
        this.instance = instance;
    }

    Out told(Entry study, Output.Told told, long atMillis) {
        Measured loss = new Measured(told.loss(), told.standardError());
        return fitness(study, told.number(), loss, told.examples(), atMillis);
    }

    Out failed(Entry study, Output.Failed failed, long atMillis) {
        Failed failure = new Failed(null, new FailureCauses(study.study().online()).of(failed.reason()));
        return fitness(study, failed.number(), failure, 0, atMillis);
    }

    private Out fitness(Entry study, long number, Object outcome, long examples, long atMillis) {
        Provenance provenance =
                new Provenance(SERVICE + " " + instance, VERSION, null, null, "online", examples, 0L, atMillis);
        return new Out(
                Topics.FITNESS,
                fitness.encode(new Fitness(study.name(), number, outcome, provenance, study.incarnation())));
    }

    /** The study's current arms. */
    Out arms(Entry study, String by, String reason, long atMillis) {
        OnlineSpec online = study.study().online();
        Serving serving = study.judged().state().serving();
        return new Out(
                Topics.ARMS,
                arms.encode(new Arms(
                        study.name(),
                        serving.revision(),
                        atMillis,
                        by,
                        cut(reason),
                        ArmsState.valueOf(serving.state().name()),
                        online.getControlShare(),
                        online.getExploreShare(),
                        online.getWindowMillis(),
                        online.getSliceMillis(),
                        study.judged().salt(),
                        values(serving.control()),
                        values(serving.champion()),
                        serving.slots().stream().map(JudgeRecords::values).toList(),
                        study.incarnation(),
                        JudgingPlans.horizonMillis(online),
                        serving.isRamping() ? values(serving.previous()) : null,
                        serving.rampShare(),
                        study.study().spec().getAleph().stream()
                                .map(JudgeRecords::group)
                                .toList(),
                        study.study().metrics())));
    }

    private static ArmsGroup group(AlephGroup of) {
        return new ArmsGroup(AlephArray.name(of), of.getInitial().size(), of.getChoices());
    }

    private static io.afterlearner.schemas.ArmValues values(ArmValues arm) {
        return new io.afterlearner.schemas.ArmValues(arm.number(), arm.values(), arm.sinceMillis());
    }

    Out audit(Entry study, Output.Audit audit, String reason, long atMillis) {
        return new Out(
                Topics.AUDIT,
                changes.encode(new ArmsChange(
                        study.name(),
                        study.judged().state().serving().revision(),
                        atMillis,
                        audit.by(),
                        ArmsAction.valueOf(audit.action().name()),
                        cut(reason),
                        audit.from().number(),
                        audit.from().values(),
                        audit.to().number(),
                        audit.to().values(),
                        study.incarnation())));
    }

    Out centre(Entry study, Output.Centre centre, long atMillis) {
        return command(study, Action.CENTRE, centre.values(), "the champion changed", atMillis);
    }

    Out reopen(Entry study, String reason, long atMillis) {
        return command(study, Action.REOPEN, List.of(), cut(reason), atMillis);
    }

    private Out command(Entry study, Action action, List<Double> values, String reason, long atMillis) {
        String id = UUID.randomUUID().toString();
        return new Out(
                Topics.COMMANDS,
                commands.encode(new Command(
                        study.name(), id, atMillis, SERVICE, action, 0L, values, reason, study.incarnation())));
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS);
    }
}
