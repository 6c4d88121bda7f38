package io.afterlearner.optimizer;

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
        ends(
                "afterlearner.http.max-buffered-bytes is lots; give a whole number",
                "afterlearner.http.max-buffered-bytes=lots");
        ends(
                "afterlearner.optimizer.pool-lag-interval is soon; give a duration",
                "afterlearner.optimizer.pool-lag-interval=soon");
        ends(
                "afterlearner.http.max-buffered-bytes is 2000, which does not hold two bodies",
                "afterlearner.http.max-buffered-bytes=2000");
    }

    @Test
    void aCertificateAndAKeyThatCannotBeReadAreNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("tls.crt"), "garbage");
        ends(
                "quarkus.tls.key-store.pem.0.cert " + garbage + " cannot be used: it has no certificate",
                "quarkus.tls.key-store.pem.0.cert=" + garbage,
                "quarkus.tls.key-store.pem.0.key=" + garbage);
    }

    @Test
    void garbageInsteadOfACertificateForKafkaIsNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("user.p12"), "garbage");
        ends(
                garbage + " of type PKCS12",
                "kafka.security.protocol=SSL",
                "kafka.ssl.keystore.type=PKCS12",
                "kafka.ssl.keystore.location=" + garbage,
                "kafka.ssl.keystore.password=change-it");
    }
}
