package io.afterlearner.local.rights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service as a user with exactly its rights. One right of each service is removed at a time, and the service must name it in
 * its log, its metrics and its health until it is granted again: some rights by default, each one with {@code -Pthorough}.
 */
@Timeout(1_800)
class MissingRightsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int SAMPLE = 2;
    /** With another number the feedback service, started without seeing the topics, would end to start again. */
    private static final int PARTITIONS = 4;

    /** Each service starts without it. Except for the optimizer, which writes that topic too, the topic is then hidden. */
    private static final Right FIRST = Right.literal(AclOperation.READ, ResourceType.TOPIC, Topics.STUDIES);

    private enum Service {
        OPTIMIZER("optimizer-service"),
        EVALUATOR("evaluator-service"),
        FEEDBACK("feedback-service"),
        /** Evaluators with {@code mode=group}, only with {@code -Pthorough}. */
        CLASSIC("evaluator-service");

        final String module;

        Service(String module) {
            this.module = module;
        }

        static List<Service> tested() {
            return THOROUGH ? List.of(values()) : List.of(OPTIMIZER, EVALUATOR, FEEDBACK);
        }

        String user() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Each once. */
        Set<Right> rights() {
            return switch (this) {
                case OPTIMIZER -> union(ServiceRights.optimizer(), ServiceRights.poolLag());
                case EVALUATOR -> Set.copyOf(ServiceRights.evaluator("default"));
                case FEEDBACK -> Set.copyOf(ServiceRights.feedback());
                case CLASSIC -> Set.copyOf(ServiceRights.classicEvaluator("default"));
            };
        }

        /** The status of the readiness check without it. */
        int statusWithout(Right right) {
            return ServiceRights.poolLag().contains(right) ? 200 : 503;
        }

        private static Set<Right> union(List<Right> some, List<Right> more) {
            Set<Right> all = new HashSet<>(some);
            all.addAll(more);
            return all;
        }
    }

    @TempDir
    static Path folder;

    private static final Map<Service, ServiceProcess> PROCESSES = new EnumMap<>(Service.class);
    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(
                folder, Stream.of(Service.values()).map(Service::user).toArray(String[]::new));
        ClusterSetup.create(broker.admin(), Layout.of(PARTITIONS, (short) 1), List.of("default"));
        for (Service service : Service.tested()) {
            for (Right right : service.rights()) {
                if (!right.equals(FIRST)) {
                    grant(service, right);
                }
            }
        }
        start(Service.OPTIMIZER);
        start(Service.EVALUATOR, "afterlearner.evaluator.slots=1");
        start(Service.FEEDBACK, "afterlearner.feedback.state-dir=" + folder.resolve("state"));
        if (THOROUGH) {
            start(Service.CLASSIC, "afterlearner.evaluator.slots=1", "afterlearner.evaluator.mode=group");
        }
    }

    private static void start(Service service, String... settings) throws IOException {
        PROCESSES.put(
                service,
                ServiceProcess.start(
                        ROOT.resolve(service.module),
                        broker.bootstrapServers(),
                        ServiceProcess.kafka(broker.client(service.user()), settings)));
    }

    @AfterAll
    static void stop() {
        PROCESSES.values().forEach(ServiceProcess::close);
        broker.close();
    }

    private static void grant(Service service, Right right) throws Exception {
        broker.grant(service.user(), right.operation(), right.type(), right.resource(), pattern(right));
    }

    private static void revoke(Service service, Right right) throws Exception {
        broker.revoke(service.user(), right.operation(), right.type(), right.resource(), pattern(right));
    }

    private static PatternType pattern(Right right) {
        return right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL;
    }

    @Test
    void aServiceNamesTheRightThatItLacksAndGoesOnOnceItIsGranted() {
        long seed = Long.getLong("seed", System.nanoTime());
        ExecutorService threads = Executors.newFixedThreadPool(Service.tested().size());
        try {
            CompletableFuture.allOf(Service.tested().stream()
                            .map(service ->
                                    CompletableFuture.runAsync(() -> removeEach(service, new Random(seed)), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError("with -Dseed=" + seed, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void removeEach(Service service, Random random) {
        startedWithoutARight(service);
        List<Right> rights = new ArrayList<>(service.rights());
        Collections.sort(rights);
        Collections.shuffle(rights, random);
        for (Right right : THOROUGH ? rights : rights.subList(0, SAMPLE)) {
            try {
                remove(service, right);
            } catch (Exception e) {
                throw new AssertionError(service + ": " + right, e);
            }
        }
    }

    private static void startedWithoutARight(Service service) {
        try {
            ServiceProcess process = PROCESSES.get(service);
            while (!process.said().contains("Listening on")) {
                assertTrue(process.isAlive(), process.said());
                Thread.sleep(50);
            }
            awaitNamed(service, FIRST, 0);
            grant(service, FIRST);
            process.awaitReady();
        } catch (Exception e) {
            throw new AssertionError(service + " without " + FIRST, e);
        }
    }

    private static void remove(Service service, Right right) throws Exception {
        ServiceProcess process = PROCESSES.get(service);
        int said = process.said().length();
        revoke(service, right);
        awaitNamed(service, right, said);
        grant(service, right);
        process.awaitReady();
    }

    private static void awaitNamed(Service service, Right right, int said) throws Exception {
        ServiceProcess process = PROCESSES.get(service);
        long start = System.nanoTime();
        String unnamed = unnamed(service, right, said);
        while (!unnamed.isEmpty()) {
            assertTrue(System.nanoTime() - start < SOON.toNanos(), unnamed + " after " + SOON);
            assertTrue(process.isAlive(), process.said());
            Thread.sleep(100);
            unnamed = unnamed(service, right, said);
        }
        System.out.printf("%s named %s after %d ms%n", service, right, (System.nanoTime() - start) / 1_000_000);
    }

    /** Where the right is not named yet; empty if it is everywhere. */
    private static String unnamed(Service service, Right right, int said) throws Exception {
        ServiceProcess process = PROCESSES.get(service);
        var health = process.get("/q/health/ready");
        if (health.statusCode() != service.statusWithout(right)
                || !health.body().contains("\"" + right + "\"")) {
            return "health does not name it: " + health.body();
        }
        if (!process.said().substring(said).contains("Kafka: the right to " + right + " is missing")) {
            return "the log does not name it";
        }
        String labels = "operation=\"%s\",resource_name=\"%s\",resource_type=\"%s\"} 1.0"
                .formatted(right.operationName(), right.resourceName(), right.typeName());
        return process.get("/q/metrics").body().contains("afterlearner_kafka_missing_rights{" + labels)
                ? ""
                : "no metric names it";
    }
}
