package io.afterlearner.k8s.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The overlay {@code local} in containers, on a broker outside with its users, rights and topics. */
@Timeout(900)
class ContainersIT {
    private static final int BUDGET = 300;
    private static final int TOLD_BEFORE_THE_KILL = 60;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    @TempDir
    static Path folder;

    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @Test
    void theDepthStudyRunsInContainersAndAKilledEvaluatorLosesNoCandidate() throws Exception {
        Sizing sizing = new Sizing();
        List<Pod> pods = new ArrayList<>();
        pods.add(lab.start("StatefulSet", "afterlearner-optimizer", "afterlearner-optimizer-0"));
        lab.serve("afterlearner-optimizer", pods.get(0));
        pods.add(lab.start("StatefulSet", "afterlearner-feedback", "afterlearner-feedback-0"));
        pods.add(lab.start("Deployment", "afterlearner-evaluator", "afterlearner-evaluator-a"));
        Pod killed = lab.start("Deployment", "afterlearner-evaluator", "afterlearner-evaluator-b");
        pods.add(killed);
        for (Pod pod : pods) {
            sizing.started(pod);
        }

        String study = lab.cli("study", "create", "/examples/study.yaml").strip();
        awaitTold(study, TOLD_BEFORE_THE_KILL, pods);
        killed.kill();
        pods.remove(killed);
        List<TrialEvent> trials = awaitTold(study, BUDGET, pods);
        assertEquals(numbers(trials, TrialEventType.ASKED), new TreeSet<>(numbers(trials, TrialEventType.TOLD)).stream().toList());
        assertEquals(BUDGET, numbers(trials, TrialEventType.TOLD).size(), "told once each");
        awaitVerdict(study);

        for (Pod pod : pods) {
            assertTrue(pod.isAlive(), pod.name());
            sizing.ended(pod);
        }
        for (Pod pod : pods) {
            assertEquals(143, pod.stop(), pod.name() + " ends within its grace period: " + pod.logs());
        }
        sizing.print();
    }

    private static List<TrialEvent> awaitTold(String study, int enough, List<Pod> pods) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<TrialEvent> trials = new TopicReader(KafkaSettings.of(lab.kafka())).trials(study);
            if (numbers(trials, TrialEventType.TOLD).size() >= enough) {
                return trials;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("fewer than " + enough + " candidates are told: " + pods.get(0).logs());
            }
            for (Pod pod : pods) {
                pod.memory().sampleMib();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void awaitVerdict(String study) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String shown = lab.cli("study", "show", study, "--json");
        while (!shown.contains("\"outcome\"")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no verdict: " + shown);
            }
            shown = lab.cli("study", "show", study, "--json");
        }
    }

    private static List<Long> numbers(List<TrialEvent> trials, TrialEventType type) {
        return trials.stream()
                .filter(event -> event.getType() == type)
                .map(TrialEvent::getNumber)
                .sorted()
                .toList();
    }
}
