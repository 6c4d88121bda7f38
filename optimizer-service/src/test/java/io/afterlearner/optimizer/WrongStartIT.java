package io.afterlearner.optimizer;

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
        assertSaid(
                "afterlearner.http.max-buffered-bytes is lots; give a whole number",
                "afterlearner.http.max-buffered-bytes=lots");
        assertSaid(
                "afterlearner.optimizer.pool-lag-interval is soon; give a duration",
                "afterlearner.optimizer.pool-lag-interval=soon");
        assertSaid(
                "afterlearner.http.max-buffered-bytes is 2000, which does not hold two bodies",
                "afterlearner.http.max-buffered-bytes=2000");
    }

    @Test
    void aCertificateAndAKeyThatCannotBeReadAreNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("tls.crt"), "garbage");
        assertSaid(
                "quarkus.tls.key-store.pem.0.cert " + garbage + " cannot be used: it has no certificate",
                "quarkus.tls.key-store.pem.0.cert=" + garbage,
                "quarkus.tls.key-store.pem.0.key=" + garbage);
    }

    @Test
    void garbageInsteadOfACertificateForKafkaIsNamed() throws Exception {
        Path garbage = Files.writeString(folder.resolve("user.p12"), "garbage");
        assertSaid(
                garbage + " of type PKCS12",
                "kafka.security.protocol=SSL",
                "kafka.ssl.keystore.type=PKCS12",
                "kafka.ssl.keystore.location=" + garbage,
                "kafka.ssl.keystore.password=change-it");
    }
}
