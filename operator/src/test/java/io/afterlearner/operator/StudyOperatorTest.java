package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.operator.optimizer.Optimizer;
import io.afterlearner.operator.optimizer.RestClient;
import io.afterlearner.operator.reconcile.ExportJob;
import io.afterlearner.operator.reconcile.JobExports;
import io.afterlearner.operator.reconcile.OperatorSettings;
import io.afterlearner.operator.reconcile.OperatorSettings.LeaseName;
import io.afterlearner.operator.reconcile.StudyOperator;
import io.afterlearner.operator.resolve.FileRules;
import io.afterlearner.operator.resolve.SpecReader;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.files.Artifacts;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator between an API server in memory and an optimizer that does what a test says. */
class StudyOperatorTest {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final String JOB = """
        apiVersion: batch/v1
        kind: Job
        metadata: {}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: cli, image: afterlearner/cli}]
        """;

    @TempDir
    Path folder;

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(List.of(CustomResourceDefinitionContext.fromCustomResourceType(Study.class))),
            false);
    private KubernetesClient client;
    private FakeOptimizer optimizer;
    private StudyOperator operator;

    @BeforeEach
    void start() throws IOException {
        TinyStudy.write(folder);
        Files.writeString(folder.resolve("job.yaml"), JOB);
        server.init();
        client = server.createClient();
        optimizer = new FakeOptimizer();
        operator = operator();
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.close();
        optimizer.close();
        client.close();
        server.destroy();
    }

    private StudyOperator operator() {
        Downloads downloads = Artifacts.downloads(folder.resolve("downloads"), line -> {});
        return new StudyOperator(
                client,
                new Optimizer(new RestClient(optimizer.address(), null, null)),
                new SpecReader(new FileRules(List.of(folder)), downloads)::read,
                new JobExports(
                        client, "ops", new ExportJob(folder.resolve("job.yaml")), List.of("s3://models/{namespace}/")),
                new OperatorSettings(Set.of("ml"), new LeaseName("", "lease", "me", WITHIN), INTERVAL, false),
                () -> {});
    }

    private Resource<Study> depth() {
        return client.resources(Study.class).inNamespace("ml").withName("depth");
    }

    private void create(String change) {
        create(client, yaml().replace("budget: 20", "budget: 20\n  " + change));
    }

    private static void create(KubernetesClient client, String yaml) {
        client.resource(Serialization.unmarshal(yaml, Study.class))
                .inNamespace("ml")
                .create();
    }

    private String yaml() {
        return StudyYaml.of("depth", folder);
    }

    private Observed await(Predicate<Observed> wanted) {
        return Waiting.until(
                WITHIN,
                () -> {
                    Study study = depth().get();
                    return study == null ? Observed.NOTHING : study.observed();
                },
                wanted);
    }

    private Observed awaitPhase(Phase phase) {
        return await(now -> now.phase() == phase);
    }

    private List<Event> events(String reason) {
        return client.events().v1().events().inNamespace("ml").list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    @Test
    void aStudyIsCreatedMirroredAndDeleted() {
        create("");
        Observed running = awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
        assertTrue(running.study().matches("ml\\.depth-[0-9a-f]{8}"), running.study());
        assertTrue(running.isAccepted());
        assertEquals(1, running.observedGeneration());

        optimizer.change(study -> study.put("told", 7).put("loss", 0.123456789).put("baselineLoss", 0.5));
        Observed later = await(now -> now.figures().told() == 7);
        assertEquals("7/20", later.figures().progress());
        assertEquals(0.123457, later.figures().bestLoss());

        optimizer.change(study -> {
            study.put("status", "FINISHED");
            study.putObject("verdict")
                    .put("outcome", "improved")
                    .put("reason", "GAIN")
                    .put("candidate", 4);
        });
        Observed over = awaitPhase(Phase.FINISHED);
        assertTrue(over.isTrue(Condition.FINISHED));
        assertEquals("improved", over.verdict().outcome());
        assertEquals(1, events("Running").size());
        assertEquals(1, events("Finished").size());

        depth().delete();
        Waiting.until(WITHIN, () -> depth().get() == null, gone -> gone);
        assertEquals(List.of("CREATE ml.depth", "DELETE"), optimizer.changes);
        assertTrue(optimizer.studies.isEmpty());
    }

    @Test
    void aRunningStudyIsStoppedBeforeItIsDeleted() {
        create("");
        awaitPhase(Phase.RUNNING);
        depth().delete();
        Waiting.until(WITHIN, () -> depth().get() == null, gone -> gone);
        assertEquals(List.of("CREATE ml.depth", "STOP", "DELETE"), optimizer.changes);
    }

    @Test
    void suspendPausesAndResumes() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"suspend\":true}}");
        awaitPhase(Phase.PAUSED);
        edit("{\"spec\":{\"suspend\":false}}");
        awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth", "PAUSE", "RESUME"), optimizer.changes);
    }

    @Test
    void aLargerBudgetExtendsTheStudy() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"optimizer\":{\"budget\":50}}}");
        await(now -> now.figures() != null && now.figures().budget() == 50);
        assertEquals(List.of("CREATE ml.depth", "EXTEND"), optimizer.changes);
    }

    private void edit(String patch) {
        depth().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    @Test
    void aWrongSpecIsRefusedWithTheReasonAndOneEvent() {
        create("  budgett: 3");
        Observed invalid = awaitPhase(Phase.INVALID);
        Condition accepted = invalid.condition(Condition.ACCEPTED).orElseThrow();
        assertEquals("InvalidSpec", accepted.reason());
        assertEquals("spec.optimizer.budgett: unknown key; did you mean budget?", accepted.message());
        assertTrue(invalid.isTrue(Condition.STALLED));
        assertEquals(1, events("InvalidSpec").size());
        assertTrue(optimizer.changes.isEmpty());

        depth().edit(study -> {
            ((ObjectNode) study.getSpec().json().path("optimizer")).remove("budgett");
            return study;
        });
        awaitPhase(Phase.RUNNING);
    }

    @Test
    void aPathWithoutAnAddressIsRefused() {
        create(client, yaml().replace("file://" + folder + "/tiny.onnx", "tiny.onnx"));
        Condition accepted =
                awaitPhase(Phase.INVALID).condition(Condition.ACCEPTED).orElseThrow();
        assertTrue(accepted.message().startsWith("spec.model: tiny.onnx is not an address"), accepted.message());
    }

    @Test
    void whatTheOptimizerRefusesIsShown() {
        optimizer.refusal = "too little memory; delete studies";
        create("");
        Condition accepted =
                awaitPhase(Phase.INVALID).condition(Condition.ACCEPTED).orElseThrow();
        assertEquals("RefusedByOptimizer", accepted.reason());
        assertEquals("too little memory; delete studies", accepted.message());
    }

    @Test
    void withoutTheOptimizerTheStudyWaitsAndThenGoesOn() {
        optimizer.down = true;
        create("");
        await(now -> now.condition(Condition.READY)
                .filter(ready -> ready.reason().equals("OptimizerUnreachable"))
                .isPresent());
        optimizer.down = false;
        awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    @Test
    void anOperatorThatStartsAgainFindsItsStudies() {
        create("");
        Observed before = awaitPhase(Phase.RUNNING);
        operator.close();
        optimizer.change(study -> study.put("told", 3));
        operator = operator();
        operator.start();
        Observed after = await(now -> now.figures().told() == 3);
        assertEquals(before.study(), after.study());
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    @Test
    void aStudyThatWasDeletedElsewhereIsMissingAndNotCreatedAgain() {
        create("");
        awaitPhase(Phase.RUNNING);
        optimizer.studies.clear();
        Observed missing = awaitPhase(Phase.MISSING);
        assertFalse(missing.isTrue(Condition.READY));
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    @Test
    void theResultIsWrittenByAJobBelowAnAllowedPrefix() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"output\":{\"uri\":\"s3://models/other/depth\"}}}");
        awaitExport("NotAllowed");
        edit("{\"spec\":{\"output\":{\"uri\":\"s3://models/ml/depth\"}}}");
        awaitExport("Waiting");
        assertEquals(0, jobs().size());

        optimizer.change(study -> study.put("status", "FINISHED").put("baselineLoss", 0.5));
        awaitPhase(Phase.FINISHED);
        assertEquals(0, jobs().size(), "the verdict is awaited");
        optimizer.change(study -> study.putObject("verdict")
                .put("outcome", "kept")
                .put("reason", "R")
                .put("candidate", 0));
        awaitExport("Writing");
        Job job = jobs().get(0);
        assertEquals(
                List.of(
                        "study",
                        "export",
                        optimizer.studies.keySet().iterator().next(),
                        "--to",
                        "s3://models/ml/depth"),
                job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs());

        job.setStatus(new JobStatusBuilder()
                .withConditions(new JobConditionBuilder()
                        .withType("Complete")
                        .withStatus("True")
                        .build())
                .build());
        client.resource(job).updateStatus();
        assertTrue(awaitExport("Written").isTrue(Condition.EXPORTED));
        assertEquals(1, jobs().size());
    }

    private Observed awaitExport(String reason) {
        return await(now -> now.condition(Condition.EXPORTED)
                .filter(exported -> exported.reason().equals(reason))
                .isPresent());
    }

    private List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace("ops").list().getItems();
    }
}
