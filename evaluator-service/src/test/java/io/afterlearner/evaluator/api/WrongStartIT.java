package io.afterlearner.evaluator.api;

import static io.afterlearner.embedded.RefusedStart.assertSaid;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with a wrong setting, or with a certificate that cannot be read, ends with one line, without stack traces. */
@Timeout(120)
class WrongStartIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void wrongSettingsAreNamed() throws Exception {
        assertSaid("afterlearner.evaluator.slots is -1; give a whole number", "afterlearner.evaluator.slots=-1");
        assertSaid("afterlearner.metrics.max-studies is many; give", "afterlearner.metrics.max-studies=many");
    }

    @Test
    void garbageInsteadOfCertificatesToTrustForKafkaIsNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("ca.pem"), "garbage");
        assertSaid(
                garbage.toString(),
                "kafka.security.protocol=SSL",
                "kafka.ssl.truststore.type=PEM",
                "kafka.ssl.truststore.location=" + garbage);
    }
}
