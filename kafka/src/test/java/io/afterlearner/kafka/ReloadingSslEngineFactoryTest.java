package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.afterlearner.embedded.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
        Map<String, Object> settings = new HashMap<>(new AdminClientConfig(KafkaSettings.of(Map.of(
                                "bootstrap.servers", "127.0.0.1:9093",
                                "security.protocol", "SSL",
                                "ssl.keystore.type", "PKCS12",
                                "ssl.keystore.location", keystore.toString(),
                                "ssl.keystore.password", "change-it",
                                "ssl.key.password", "change-it",
                                "ssl.truststore.type", "PEM",
                                "ssl.truststore.location", truststore.toString()))
                        .admin())
                .values());
        factory.configure(settings);
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
}
