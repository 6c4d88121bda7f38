package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.Roles;
import io.afterlearner.access.StudyPatterns;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.access.AccessWalk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with keys: health is open, and metrics are not. */
@Timeout(180)
class AccessIT {
    @Test
    void everyRequestNeedsItsRole(@TempDir Path directory) throws Exception {
        Map<String, String> keys = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (String role : Roles.ALL) {
            String key = AccessKey.random();
            keys.put(role, key);
            lines.add(AccessKey.of(role, List.of(role), StudyPatterns.ALL, key).toString());
        }
        String limited = AccessKey.random();
        lines.add(AccessKey.of("limited", List.of(Roles.ADMIN), StudyPatterns.of(List.of("a-*")), limited)
                .toString());
        Path file = Files.write(directory.resolve("keys"), lines);
        try (Bus bus = new Bus(directory.resolve("broker"), List.of("default"));
                ServiceProcess service = ServiceProcess.start(
                        bus.servers(),
                        "afterlearner.http.keys-file=" + file,
                        "afterlearner.evaluator.file-roots=" + directory)) {
            service.awaitReady();
            new AccessWalk(service, "evaluator", keys, limited).check();
            assertEquals(404, service.get("/").statusCode());
        }
    }
}
