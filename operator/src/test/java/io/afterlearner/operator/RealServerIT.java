package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.operator.reconcile.NoExports;
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
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator with its own rights on a real API server: {@code -Dk8s.kubeconfig=FILE} names an administrator's kubeconfig, whose
 * namespace {@code afterlearner} is used.
 */
@EnabledIfSystemProperty(named = RealServerIT.KUBECONFIG, matches = ".+")
class RealServerIT {
    static final String KUBECONFIG = "k8s.kubeconfig";
    private static final String NAMESPACE = "afterlearner";
    private static final Path MANIFESTS = Path.of("..", "k8s", "base", "operator");
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private KubernetesClient admin;
    private FakeOptimizer optimizer;
    private StudyOperator first;
    private StudyOperator second;
    private KubernetesClient firstClient;
    private KubernetesClient secondClient;

    @BeforeEach
    void start() throws IOException {
        TinyStudy.write(folder);
        admin = new KubernetesClientBuilder().withConfig(config()).build();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        for (String file : List.of("studies.yaml", "serviceaccount.yaml", "rbac.yaml")) {
            try (InputStream objects = Files.newInputStream(MANIFESTS.resolve(file))) {
                admin.load(objects).inNamespace(NAMESPACE).forceConflicts().serverSideApply();
            }
        }
        optimizer = new FakeOptimizer();
        firstClient = asOperator();
        secondClient = asOperator();
        first = operator(firstClient, "first");
        second = operator(secondClient, "second");
    }

    private static Config config() {
        return Config.fromKubeconfig(new File(System.getProperty(KUBECONFIG)));
    }

    /** A client with the rights of the operator's account, and no others. */
    private static KubernetesClient asOperator() {
        Config config = config();
        config.setImpersonateUsername("system:serviceaccount:" + NAMESPACE + ":afterlearner-operator");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private StudyOperator operator(KubernetesClient client, String name) {
        Downloads downloads = Artifacts.downloads(folder.resolve("downloads"), line -> {});
        return new StudyOperator(
                client,
                new Optimizer(new RestClient(optimizer.address(), null, null)),
                new RestClient(optimizer.address(), null, null),
                new SpecReader(new FileRules(List.of(folder)), downloads)::read,
                new NoExports(),
                new OperatorSettings(
                        Set.of(NAMESPACE),
                        new LeaseName(NAMESPACE, "afterlearner-operator", name, LEASE),
                        Duration.ofMillis(200),
                        true),
                Metrics.NOOP,
                () -> {});
    }

    @AfterEach
    void stop() {
        study().delete();
        first.close();
        second.close();
        if (study().get() != null) {
            study().edit(left -> {
                left.getMetadata().setFinalizers(List.of());
                return left;
            });
        }
        optimizer.close();
        List.of(firstClient, secondClient, admin).forEach(KubernetesClient::close);
    }

    private Resource<Study> study() {
        return admin.resources(Study.class).inNamespace(NAMESPACE).withName("depth");
    }

    private Study apply(String yaml) {
        return admin.resource(Serialization.unmarshal(yaml, Study.class))
                .inNamespace(NAMESPACE)
                .fieldManager("argocd")
                .serverSideApply();
    }

    private Observed await(Predicate<Observed> wanted) {
        return Waiting.until(
                WITHIN,
                () -> {
                    Study study = study().get();
                    return study == null ? Observed.NOTHING : study.observed();
                },
                wanted);
    }

    private void refused(String yaml, String message) {
        KubernetesClientException e = assertThrows(KubernetesClientException.class, () -> apply(yaml));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void createChangeSuspendKillTakeOverDelete() {
        String yaml = StudyYaml.of("depth", folder);
        refused(yaml.replace("budget: 20", "budgett: 20"), "budgett");
        refused(yaml.replace("range: [-2, 2]", "range: [2, -2]"), "low below high");
        refused(yaml.replace("file://" + folder + "/tiny.onnx", "tiny.onnx"), "spec.model.uri");

        first.start();
        second.start();
        apply(yaml);
        await(now -> now.phase() == Phase.RUNNING);
        optimizer.change(study -> study.put("told", 5));
        await(now -> now.figures().told() == 5);

        String version = study().get().getMetadata().getResourceVersion();
        assertEquals(version, apply(yaml).getMetadata().getResourceVersion(), "applying it again changes nothing");

        refused(yaml.replace("- {tensor: b", "- {tensor: w, transform: scale}\n    - {tensor: b"), "cannot be changed");
        refused(yaml.replace("budget: 20", "budget: 10"), "can only grow");
        apply(yaml.replace("budget: 20", "budget: 30"));
        await(now -> now.figures().budget() == 30);

        apply(yaml.replace("budget: 20", "budget: 30") + "  suspend: true\n");
        await(now -> now.phase() == Phase.PAUSED);
        // Its threads end, and nothing tells the other one.
        (first.studies() > 0 ? first : second).close();
        apply(yaml.replace("budget: 20", "budget: 30"));
        await(now -> now.phase() == Phase.RUNNING);

        optimizer.change(study -> study.put("status", "FINISHED"));
        assertTrue(await(now -> now.phase() == Phase.FINISHED).isTrue(Condition.FINISHED));
        study().delete();
        Waiting.until(WITHIN, () -> study().get() == null, gone -> gone);
        assertEquals(List.of("CREATE afterlearner.depth", "EXTEND", "PAUSE", "RESUME", "DELETE"), optimizer.changes);
    }
}
