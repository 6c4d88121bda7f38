package io.afterlearner.operator;

import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.operator.reconcile.ExportTemplate;
import io.afterlearner.operator.reconcile.Exports;
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
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.RestClient;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.files.Artifacts;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
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
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An operator between an API server in memory and an optimizer that does what a test says. */
abstract class OnMockServer {
    static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final String TEMPLATE = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: export}
        spec:
          suspend: true
          schedule: "0 0 1 1 *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: cli, image: afterlearner/cli}]
        """;

    @TempDir
    Path folder;

    final KubernetesMockServer server = new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(List.of(CustomResourceDefinitionContext.fromCustomResourceType(Study.class))),
            false);
    KubernetesClient client;
    FakeOptimizer optimizer;
    StudyOperator operator;
    Metrics metrics = Metrics.NOOP;

    @BeforeEach
    void start() throws IOException {
        TinyStudy.write(folder);
        server.init();
        client = server.createClient();
        client.resource(Serialization.unmarshal(TEMPLATE, CronJob.class))
                .inNamespace("ops")
                .create();
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

    /** Where the operator expects the optimizer and the feedback service. */
    URI services() throws IOException {
        return optimizer.address();
    }

    Exports exports() {
        return new JobExports(client, new ExportTemplate(client, "ops", "export"), List.of("s3://models/{namespace}/"));
    }

    StudyOperator operator() throws IOException {
        Downloads downloads = Artifacts.downloads(folder.resolve("downloads"), line -> {});
        return new StudyOperator(
                client,
                new Optimizer(new RestClient(services(), null, null)),
                new RestClient(services(), null, null),
                new SpecReader(new FileRules(List.of(folder)), downloads)::read,
                exports(),
                new OperatorSettings(Set.of("ml"), new LeaseName("", "lease", "me", WITHIN), INTERVAL, false),
                metrics,
                () -> {});
    }

    Resource<Study> depth() {
        return client.resources(Study.class).inNamespace("ml").withName("depth");
    }

    void create(String change) {
        create(client, yaml().replace("budget: 20", "budget: 20\n  " + change));
    }

    static void create(KubernetesClient client, String yaml) {
        client.resource(Serialization.unmarshal(yaml, Study.class))
                .inNamespace("ml")
                .create();
    }

    String yaml() {
        return StudyYaml.of("depth", folder);
    }

    Observed await(Predicate<Observed> wanted) {
        return Waiting.until(
                WITHIN,
                () -> {
                    Study study = depth().get();
                    return study == null ? Observed.NOTHING : study.observed();
                },
                wanted);
    }

    Observed awaitPhase(Phase phase) {
        return await(now -> now.phase() == phase);
    }

    List<Event> events(String reason) {
        return client.events().v1().events().inNamespace("ml").list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    void edit(String patch) {
        depth().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    Observed awaitExport(String reason) {
        return await(now -> now.condition(Condition.EXPORTED)
                .filter(exported -> exported.reason().equals(reason))
                .isPresent());
    }

    List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace("ops").list().getItems();
    }
}
