package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.access.RoleKeys;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.access.AccessWalk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with keys: health is open, and metrics are not. */
@Timeout(180)
class AccessIT {
    @Test
    void everyRequestNeedsItsRole(@TempDir Path directory) throws Exception {
        RoleKeys keys = RoleKeys.write(directory.resolve("keys"));
        try (Bus bus = new Bus(directory.resolve("broker"), List.of("default"));
                ServiceProcess service = ServiceProcess.startArchiving(
                        bus.servers(),
                        "afterlearner.http.keys-file=" + keys.file(),
                        "afterlearner.evaluator.file-roots=" + directory)) {
            service.awaitReady();
            new AccessWalk(service, "evaluator", keys.byRole(), keys.limited()).check();
            assertEquals(404, service.get("/").statusCode());
        }
    }
}
