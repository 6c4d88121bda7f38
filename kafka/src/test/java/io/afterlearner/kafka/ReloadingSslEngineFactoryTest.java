package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.Certificate;
import io.afterlearner.kafka.rights.RightsGauge;
import io.afterlearner.kafka.rights.RightsWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingSslEngineFactoryTest {
    @TempDir
    Path folder;

    private final ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();

    private Certificate certificate(String name) throws Exception {
        return Certificate.create(Files.createDirectory(folder.resolve(name)));
    }

    private static String subject(KeyStore store) throws KeyStoreException {
        String alias = store.aliases().nextElement();
        return store.getCertificate(alias).toString();
    }

    private Map<String, Object> settings(Path keystore, String type, Path truststore) {
        return new HashMap<>(new AdminClientConfig(KafkaSettings.of(Map.of(
                                "bootstrap.servers", "127.0.0.1:9093",
                                "security.protocol", "SSL",
                                "ssl.keystore.type", type,
                                "ssl.keystore.location", keystore.toString(),
                                "ssl.keystore.password", "change-it",
                                "ssl.key.password", "change-it",
                                "ssl.truststore.type", "PEM",
                                "ssl.truststore.location", truststore.toString()))
                        .admin())
                .values());
    }

    private void connect() {
        factory.createClientSslEngine("127.0.0.1", 9093, "https");
    }

    @Test
    void theNextConnectionReadsFilesThatWereReplacedAndKeepsTheOldOnesUntilTheyCanBeRead() throws Exception {
        Certificate first = certificate("first");
        Certificate second = certificate("second");
        Path keystore = Files.copy(first.keystore(), folder.resolve("key.p12"));
        // Kubernetes replaces a mounted file by turning a link to another folder.
        Path truststore = Files.createSymbolicLink(folder.resolve("trust.pem"), first.pem());
        factory.configure(settings(keystore, "PKCS12", truststore));
        String trusted = subject(factory.truststore());
        KeyStore before = factory.keystore();
        connect();
        assertSame(before, factory.keystore(), "nothing changed");

        Path next = Files.createSymbolicLink(folder.resolve("next"), second.pem());
        Files.move(next, truststore, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(keystore, "half");
        connect();
        assertEquals(trusted, subject(factory.truststore()), "the previous certificates stay in use");

        Files.copy(second.keystore(), keystore, StandardCopyOption.REPLACE_EXISTING);
        connect();
        assertEquals(
                KeyStore.getInstance(second.keystore().toFile(), "change-it".toCharArray())
                        .getCertificate("broker")
                        .toString(),
                subject(factory.keystore()));
        assertEquals(subject(factory.keystore()), subject(factory.truststore()));
    }

    /** No connection is made: the watch of the rights looks every five seconds. */
    @Test
    void garbageThatReplacesACertificateIsNamedUntilItIsCorrected() throws Exception {
        Certificate certificate = certificate("only");
        Path keystore = Files.copy(certificate.keystore(), folder.resolve("user.p12"));
        Path truststore = Files.copy(certificate.pem(), folder.resolve("ca.pem"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RightsWatch watch = new RightsWatch(KafkaSettings.of(Map.of()), List::of);
        RightsGauge.show(registry, watch);
        Gauge refused = registry.get("afterlearner.kafka.certificates.refused").gauge();
        factory.configure(settings(keystore, "PKCS12", truststore));
        for (Path file : List.of(keystore, truststore)) {
            byte[] before = Files.readAllBytes(file);
            CertificateFiles.look();
            assertEquals(0, refused.value());
            Files.writeString(file, "garbage");
            CertificateFiles.look();
            assertEquals(1, refused.value());
            String said = Objects.requireNonNull(watch.shown().get("certificates"));
            assertTrue(said.contains("Failed to load") && said.contains("SSL keystore " + file), said);
            assertTrue(watch.isReady(), "the previous certificates work");
            Files.write(file, before);
            CertificateFiles.look();
            assertNull(watch.shown().get("certificates"));
        }
        factory.close();
    }

    private static Map<String, Object> withoutPassword(Map<String, Object> settings) {
        settings.remove("ssl.keystore.password");
        return settings;
    }

    @Test
    void garbageAtTheStartIsNamedWithItsFile() throws Exception {
        Certificate certificate = certificate("only");
        Path garbage = Files.writeString(folder.resolve("garbage"), "garbage");
        for (Map<String, Object> wrong : List.of(
                settings(garbage, "PKCS12", certificate.pem()),
                withoutPassword(settings(garbage, "PEM", certificate.pem())),
                settings(certificate.keystore(), "PKCS12", garbage))) {
            KafkaException refusal = assertThrows(KafkaException.class, () -> factory.configure(wrong));
            assertTrue(KafkaReason.of(refusal).contains(garbage.toString()), () -> KafkaReason.of(refusal));
        }
    }
}
