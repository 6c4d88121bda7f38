package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.judge.ArmValues;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.feedback.shell.judging.StudyRegistry.JudgedStudy;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class DecisionSenderTest {
    private static final StudySpec SPEC = Specs.study("s", 1_000, 10, List.of());
    private static final ArmValues SHIPPED = new ArmValues(0, List.of(0.0), 1);
    private static final Reason REASON = new Reason.ShippedModelDiffers();

    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OnlineStudy study = OnlineStudy.of(SPEC).orElseThrow();
    private final OnlineState state =
            Judge.begin(JudgingPlans.plan(SPEC, study.online()), 1).state();

    private List<String> topics(List<Output> outputs) {
        context.setCurrentSystemTimeMs(1);
        Entry entry = new Entry(study, new JudgedStudy(state, "salt", List.of()));
        new DecisionSender(context, Metered.in(registry), new JudgeRecords("test"), new JudgeTrace(Spans.off()))
                .send(entry, outputs, 1);
        return context.forwarded().stream()
                .map(forward -> forward.record().value().topic())
                .toList();
    }

    @Test
    void eachOutputBecomesARecord() {
        List<Output> outputs = List.of(
                new Output.Told(1, 0.5, 0.1, 10),
                new Output.Failed(1, new Reason.NoFreeSlot()),
                new Output.ArmsChanged("ann", List.of(REASON), state.serving()),
                new Output.Audit("ann", Output.Action.RESUME, REASON, SHIPPED, SHIPPED),
                new Output.Centre(List.of(0.0)),
                new Output.Reopen(REASON));
        assertEquals(
                Set.of(Output.class.getPermittedSubclasses()),
                outputs.stream().map(Object::getClass).collect(Collectors.toSet()));

        assertEquals(
                List.of(Topics.FITNESS, Topics.FITNESS, Topics.ARMS, Topics.AUDIT, Topics.COMMANDS, Topics.COMMANDS),
                topics(outputs));
    }

    @Test
    void anAlarmIsCountedAndAudited() {
        List<Output> alarm = List.of(new Output.Audit("service", Output.Action.ALARM, REASON, SHIPPED, SHIPPED));
        assertEquals(List.of(Topics.AUDIT), topics(alarm));
        assertEquals(1, Metered.count(registry, "changes", "action", "alarm"));
    }

    @Test
    void aGuardrailThatACandidateOrAChampionBrokeIsCounted() {
        Guardrail guardrail = JudgingPlans.guardrail(
                study.online(), study.online().getGuardrails().get(0));
        Reason.GuardrailBroken broken = new Reason.GuardrailBroken(guardrail, 2, 1, 100, 100);
        topics(List.of(
                new Output.Failed(1, broken),
                new Output.Failed(2, new Reason.NoFreeSlot()),
                new Output.Audit(
                        "service", Output.Action.ROLLBACK, new Reason.ChampionFailed(3, broken), SHIPPED, SHIPPED)));
        assertEquals(2, Metered.count(registry, "broken.guardrails"));
        assertEquals(2, Metered.count(registry, "candidates", "outcome", "failed"));
        assertEquals(1, Metered.count(registry, "changes", "action", "rollback"));
    }
}
