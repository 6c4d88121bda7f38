package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RightsIT {
    private static final String USER = "shop";

    /** The timeout limits the waits. */
    @Test
    @Timeout(120)
    void theApplicationLearnsWhichRightsItsUserLacks(@TempDir Path folder) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start(folder, USER)) {
            ClusterSetup.create(broker.admin(), Layout.of(1, (short) 1), List.of());
            try (AfterLearner client = AfterLearner.connect(
                    "s",
                    new double[] {0},
                    broker.client(USER),
                    Keys.of("a secret of some length", "a unit key of some length"))) {
                List<Right> needed = ServiceRights.application();
                for (Right right : needed) {
                    await(client, right, true);
                    broker.grant(USER, right.operation(), right.type(), right.resource(), PatternType.LITERAL);
                }
                for (Right right : needed) {
                    await(client, right, false);
                }
                assertEquals(List.of(), client.missingRights());
                assertTrue(client.token(client.assign("ann")).isEmpty());
            }
        }
    }

    private static void await(AfterLearner client, Right right, boolean missing) throws InterruptedException {
        while (client.missingRights().stream().anyMatch(line -> line.contains("to " + right + " is")) != missing) {
            Thread.sleep(20);
        }
    }
}
