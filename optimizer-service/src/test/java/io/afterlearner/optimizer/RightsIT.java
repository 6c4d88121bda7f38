package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An optimizer that loses a right while a study runs. */
@Timeout(240)
class RightsIT {
    private static final String USER = "optimizer";
    private static final int BUDGET = 12;

    @Test
    void theStudyGoesOnOnceTheRightIsGranted(@TempDir Path folder) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start(folder, USER)) {
            ClusterSetup.create(broker.admin(), Layout.of(1, (short) 1), List.of("default"));
            for (Right right : ServiceRights.optimizer()) {
                broker.grant(
                        USER,
                        right.operation(),
                        right.type(),
                        right.resource(),
                        right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL);
            }
            try (ServiceProcess service =
                            ServiceProcess.start(broker.bootstrapServers(), ServiceProcess.kafka(broker.client(USER)));
                    Evaluator evaluator = new Evaluator(broker.client("broker"), "s")) {
                service.awaitReady();
                assertEquals(
                        201,
                        service.post("/v1/studies", SampleSpecs.spec("s", BUDGET, 2))
                                .statusCode());
                answer(evaluator, BUDGET / 2);
                // Taken before the right is removed: without it, no other candidate is asked.
                long held = evaluator.next().getNumber();
                broker.revoke(USER, AclOperation.WRITE, ResourceType.TOPIC, Topics.TRIALS, PatternType.LITERAL);
                evaluator.tell(held, 0.5);
                awaitHealth(service, 503, "WRITE on topic afterlearner.trials");
                String log = service.said();
                assertTrue(log.contains("Kafka: the right to WRITE on topic afterlearner.trials is missing"), log);
                assertTrue(service.get("/q/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("afterlearner_kafka_missing_rights{"))
                        .anyMatch(line -> line.contains("resource_name=\"afterlearner.trials\"")
                                && line.contains("operation=\"WRITE\"")
                                && line.endsWith(" 1.0")));

                broker.grant(USER, AclOperation.WRITE, ResourceType.TOPIC, Topics.TRIALS, PatternType.LITERAL);
                answer(evaluator, BUDGET - BUDGET / 2 - 1);
                awaitHealth(service, 200, "UP");
                awaitToldOnce(evaluator);
                assertTrue(service.isAlive());
            }
        }
    }

    private static void answer(Evaluator evaluator, int candidates) {
        for (int i = 0; i < candidates; i++) {
            Candidate candidate = evaluator.next();
            evaluator.tell(candidate.getNumber(), 1.0 / (candidate.getNumber() + 1));
        }
    }

    private static void awaitHealth(ServiceProcess service, int status, String text) throws Exception {
        var health = service.get("/q/health/ready");
        while (health.statusCode() != status || !health.body().contains(text)) {
            assertTrue(service.isAlive(), service.said());
            Thread.sleep(50);
            health = service.get("/q/health/ready");
        }
    }

    /** All candidates end exactly once; the timeout of the test limits the wait. */
    private static void awaitToldOnce(Evaluator evaluator) throws Exception {
        List<TrialEvent> told = told(evaluator);
        while (told.size() < BUDGET) {
            Thread.sleep(50);
            told = told(evaluator);
        }
        Set<Long> numbers = new HashSet<>();
        told.forEach(event -> assertTrue(numbers.add(event.getNumber()), "told twice: " + event));
        assertEquals(BUDGET, numbers.size());
    }

    private static List<TrialEvent> told(Evaluator evaluator) {
        return evaluator.trials().stream()
                .filter(event -> event.getType() == TrialEventType.TOLD)
                .toList();
    }
}
