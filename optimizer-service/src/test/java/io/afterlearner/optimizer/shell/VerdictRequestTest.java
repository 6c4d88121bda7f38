package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** A verdict is asked for when a study ends, once for each final candidate; the loop never reads the answer. */
class VerdictRequestTest {
    private static final Artifact TEST = new Artifact("file:///test.npz", "ab".repeat(32));

    private final StudyTask task = new StudyTask();

    @Test
    void theEndOfAStudyAsksForTheVerdictOnItsIncumbent() {
        begin(3, TEST);
        tell(0, 5);
        tell(1, 3);
        assertEquals(List.of(), requests());
        tell(2, 4);

        VerdictRequest request = requests().get(0);
        assertEquals(1, requests().size());
        assertEquals("s", request.getStudy());
        assertEquals(42, request.getIncarnation());
        assertEquals(1, request.getNumber());
        assertEquals(4, request.getValues().size());
        assertTrue(request.getLimitMillis() > 60_000);
    }

    @Test
    void aStudyThatIsStoppedAsksToo() {
        begin(3, TEST);
        tell(0, 5);
        command(Action.STOP, 0);

        assertEquals(List.of(0L), candidates());
    }

    @Test
    void withoutATestSplitNothingIsAsked() {
        begin(1, null);
        tell(0, 5);
        assertEquals(List.of(), requests());
    }

    @Test
    void aStudyWhoseShippedModelCannotBeScoredAsksForNothing() {
        begin(3, TEST);
        task.put(
                Topics.FITNESS,
                Messages.bytes(Fitness.newBuilder(Messages.failed("s", 0, "no"))
                        .setIncarnation(42)
                        .build()));
        assertEquals(List.of(), requests());
    }

    @Test
    void eachFinalCandidateIsAskedForOnceEvenAfterARestart() {
        begin(1, TEST);
        tell(0, 5);
        task.restart();
        command(Action.EXTEND, 2);
        tell(1, 7);
        assertEquals(List.of(0L), candidates(), "the same candidate is final again");
        task.restart();
        command(Action.EXTEND, 3);
        tell(2, 1);
        task.restart();
        assertEquals(List.of(0L, 2L), candidates());
    }

    @Test
    void theLoopReadsNoVerdict() {
        var topology = OptimizerTopology.build(
                        Metered.unread(),
                        new Backlog(),
                        Messages.NANOS,
                        new DeadLetters("optimizer"),
                        HeapBudget.ofProcess(),
                        Spans.off())
                .describe();
        Set<String> read = topology.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
                .collect(Collectors.toSet());
        assertEquals(Set.of(Topics.STUDIES, Topics.COMMANDS, Topics.FITNESS), read);
    }

    private void begin(long budget, Artifact test) {
        StudySpec spec = StudySpec.newBuilder(Messages.spec("s", budget, 4))
                .setTest(test)
                .setIncarnation(42)
                .build();
        task.put(Topics.STUDIES, Messages.bytes(spec));
    }

    private void tell(long number, double loss) {
        task.put(
                Topics.FITNESS,
                Messages.bytes(Fitness.newBuilder(Messages.measured("s", number, loss))
                        .setIncarnation(42)
                        .build()));
    }

    private void command(Action action, long budget) {
        task.put(
                Topics.COMMANDS,
                Messages.bytes(Command.newBuilder(Messages.command("s", action.name() + budget, action, budget))
                        .setIncarnation(42)
                        .build()));
    }

    private List<Long> candidates() {
        return requests().stream().map(VerdictRequest::getNumber).toList();
    }

    private List<VerdictRequest> requests() {
        return task.outs().stream()
                .filter(out -> out.topic().equals(Topics.verdictRequests("default")))
                .map(out -> Messages.decode(VerdictRequest.class, out.value()))
                .toList();
    }
}
