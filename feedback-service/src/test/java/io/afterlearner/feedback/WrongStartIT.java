package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with a wrong setting, or with a certificate that cannot be read, ends with one line, without stack traces. */
@Timeout(120)
class WrongStartIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static void ends(String said, String... settings) throws Exception {
        try (ServiceProcess process = ServiceProcess.start("127.0.0.1:9", settings)) {
            assertEquals(1, process.awaitExit(), process.said());
            // It may warn before, for example of a service without authentication.
            List<String> lines = process.said()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.contains(" WARN "))
                    .toList();
            assertEquals(1, lines.size(), process.said());
            assertTrue(lines.get(0).contains(said), process.said());
        }
    }

    @Test
    void wrongSettingsAreNamed() throws Exception {
        ends("afterlearner.http.max-body-bytes is -1; give a whole number", "afterlearner.http.max-body-bytes=-1");
        ends("afterlearner.metrics.max-studies is many; give", "afterlearner.metrics.max-studies=many");
    }

    @Test
    void garbageInsteadOfCertificatesToTrustForKafkaIsNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("ca.pem"), "garbage");
        ends(
                garbage.toString(),
                "kafka.security.protocol=SSL",
                "kafka.ssl.truststore.type=PEM",
                "kafka.ssl.truststore.location=" + garbage);
    }
}
