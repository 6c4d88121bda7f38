package io.afterlearner.k8s.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The overlay {@code local} in containers, on a broker outside with its users, rights and topics. */
@Timeout(1800)
class ContainersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The example's. */
    private static final int BUDGET = 300;

    private static final int TOLD_BEFORE_THE_KILL = 60;

    @TempDir
    static Path folder;

    private static final Sizing SIZING = new Sizing();

    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        SIZING.print();
        lab.close();
    }

    @AfterEach
    void removePods() throws Exception {
        lab.removePods();
    }

    @Test
    void theDepthStudyRunsInContainersAndAKilledEvaluatorLosesNoCandidate() throws Exception {
        List<Pod> pods = new ArrayList<>();
        pods.add(startedOptimizer());
        pods.add(started("StatefulSet", "afterlearner-feedback", "afterlearner-feedback-0"));
        pods.add(started("Deployment", "afterlearner-evaluator", "afterlearner-evaluator-a"));
        Pod killed = started("Deployment", "afterlearner-evaluator", "afterlearner-evaluator-b");
        pods.add(killed);

        String study = lab.cli("study", "create", "/examples/study.yaml").strip();
        awaitTold(study, TOLD_BEFORE_THE_KILL, pods);
        killed.kill();
        pods.remove(killed);
        List<TrialEvent> trials = awaitTold(study, BUDGET, pods);
        assertEquals(
                numbers(trials, TrialEventType.ASKED),
                new TreeSet<>(numbers(trials, TrialEventType.TOLD)).stream().toList());
        assertEquals(BUDGET, numbers(trials, TrialEventType.TOLD).size(), "told once each");
        awaitVerdict(study);
        end(pods);
    }

    /** With its own account and rights. It exits if it loses its Lease, as it does on a busy machine, and is restarted as in a cluster. */
    @Test
    void aStudyOfKubernetesRunsToItsEnd() throws Exception {
        Optional<Path> programs = ControlPlane.programs(Lab.CONTROL_PLANE);
        assumeTrue(programs.isPresent(), "SKIPPED: the operator, because the control plane cannot be built here");
        ControlPlane kubernetes = lab.startControlPlane(programs.orElseThrow());
        List<Pod> pods = new ArrayList<>();
        pods.add(startedOptimizer());
        pods.add(started("Deployment", "afterlearner-evaluator", "afterlearner-evaluator-c"));
        Pod operator = started("Deployment", "afterlearner-operator", "afterlearner-operator-a");
        kubernetes.apply(StudyObject.of(Lab.EXAMPLE.resolve("study.yaml"), "depth"));
        awaitFinished(kubernetes, operator, pods);
        operator.awaitReady();
        pods.add(operator);
        end(pods);
    }

    private static Pod startedOptimizer() throws Exception {
        Pod pod = started("StatefulSet", "afterlearner-optimizer", "afterlearner-optimizer-0");
        lab.serve("afterlearner-optimizer", pod);
        return pod;
    }

    /** One after the other, so that start-up times are those of a single pod. */
    private static Pod started(String kind, String workload, String name) throws Exception {
        Pod pod = lab.start(kind, workload, name, Map.of());
        SIZING.started(pod);
        return pod;
    }

    private static void end(List<Pod> pods) throws Exception {
        for (Pod pod : pods) {
            assertTrue(pod.isAlive(), pod.name());
            SIZING.ended(pod);
        }
        for (Pod pod : pods) {
            assertEquals(143, pod.stop(), pod.name() + " ends within its grace period: " + pod.logs());
        }
    }

    private static void awaitFinished(ControlPlane kubernetes, Pod operator, List<Pod> others) throws Exception {
        Patience patience = new Patience("the status of the Study does not change");
        JsonNode status = MissingNode.getInstance();
        while (!"Finished".equals(status.path("phase").asText())
                || !status.at("/verdict/outcome").isTextual()) {
            patience.check(status);
            TimeUnit.MILLISECONDS.sleep(500);
            operator.restartIfEnded();
            for (Pod pod : others) {
                pod.memory().sampleMib();
            }
            status = kubernetes.find("study", "depth").orElse(status).path("status");
        }
        assertEquals(BUDGET, status.at("/figures/told").asInt(), status.toString());
    }

    /** Needs Java 19. The archive is made when the service first stops, and is used and left as it is from then on. */
    @Test
    void aClassArchiveOnTheVolumeIsMadeOnceAndUsed() throws Exception {
        assumeTrue(
                lab.imageRunsJava19(),
                "SKIPPED: the base image's Java is older than 19 and makes no class archive itself");
        Sizing sizing = new Sizing();
        Path archive = lab.volume("afterlearner-feedback-1", "state").resolve("classes.jsa");
        restartFeedback(sizing, Map.of());
        assertFalse(Files.exists(archive));
        Map<String, String> options = Map.of(
                "JAVA_TOOL_OPTIONS",
                "-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/var/lib/afterlearner/classes.jsa");
        restartFeedback(sizing, options);
        FileTime made = Files.getLastModifiedTime(archive);
        restartFeedback(sizing, options);
        assertEquals(made, Files.getLastModifiedTime(archive), "used, not made again");
    }

    private static void restartFeedback(Sizing sizing, Map<String, String> environment) throws Exception {
        Pod pod = lab.start("StatefulSet", "afterlearner-feedback", "afterlearner-feedback-1", environment);
        sizing.started(pod);
        long from = System.nanoTime();
        assertEquals(143, pod.stop(), pod.logs());
        System.out.println(
                environment + ": " + sizing + ", stopped in " + (System.nanoTime() - from) / 1_000_000 + " ms");
        lab.remove(pod);
    }

    private static List<TrialEvent> awaitTold(String study, int enough, List<Pod> pods) throws Exception {
        Patience patience = new Patience("no more than these candidates are told");
        while (true) {
            List<TrialEvent> trials = new TopicReader(KafkaSettings.of(lab.kafka())).trials(study);
            List<Long> told = numbers(trials, TrialEventType.TOLD);
            if (told.size() >= enough) {
                return trials;
            }
            patience.check(told);
            for (Pod pod : pods) {
                pod.memory().sampleMib();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void awaitVerdict(String study) throws Exception {
        Patience patience = new Patience("there is no verdict");
        String shown = lab.cli("study", "show", study, "--json");
        while (!JSON.readTree(shown).path("outcome").isTextual()) {
            patience.check(shown);
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
