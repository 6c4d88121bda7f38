package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.tls.TlsFiles;
import io.afterlearner.embedded.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file of a certificate or key is said, with the setting and the file. */
class TlsFilesTest {
    private static final String CERT = "quarkus.tls.key-store.pem.0.cert";
    private static final String KEY = "quarkus.tls.key-store.pem.0.key";
    private static final String PASSWORD = "change-it";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Certificate certificate;

    @SuppressWarnings("NullAway.Init")
    private Path key;

    @BeforeEach
    void create() throws Exception {
        certificate = certificate("one");
        key = key(certificate);
    }

    private Certificate certificate(String name) throws Exception {
        return Certificate.create(Files.createDirectory(folder.resolve(name)));
    }

    private static Path key(Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(certificate.keystore().toFile(), PASSWORD.toCharArray());
        byte[] encoded = store.getKey("broker", PASSWORD.toCharArray()).getEncoded();
        return Files.writeString(
                certificate.pem().resolveSibling("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private Path garbage() throws IOException {
        return Files.writeString(folder.resolve("garbage"), "garbage");
    }

    private static void refused(String setting, Path file, String reason, Map<String, String> settings) {
        String problem = Objects.requireNonNull(TlsFiles.of(settings).problem());
        assertTrue(problem.startsWith(setting + " " + file + " cannot be used: "), problem);
        assertTrue(problem.contains(reason), problem);
        assertEquals(1, problem.lines().count());
    }

    @Test
    void aCertificateAndItsKeyCanBeUsedWhoeverNamesThem() {
        String pem = certificate.pem().toString();
        assertNull(TlsFiles.of(Map.of(CERT, pem, KEY, key.toString())).problem());
        assertNull(TlsFiles.of(Map.of(
                        "QUARKUS_TLS_KEY_STORE_PEM__0__CERT", pem, "QUARKUS_TLS_KEY_STORE_PEM__0__KEY", key.toString()))
                .problem());
        assertTrue(TlsFiles.of(Map.of("quarkus.tls.reload-period", "1H")).isEmpty());
    }

    @Test
    void garbageIsNamedWhateverTheFileIsFor() throws Exception {
        String pem = certificate.pem().toString();
        Path garbage = garbage();
        String wrong = garbage.toString();
        refused(CERT, garbage, "it has no certificate that can be read", Map.of(CERT, wrong, KEY, key.toString()));
        refused(KEY, garbage, "it has no private key that can be read", Map.of(CERT, pem, KEY, wrong));
        String trusted = "quarkus.tls.clients.trust-store.pem.certs";
        refused(trusted, garbage, "it has no certificate that can be read", Map.of(trusted, pem + "," + wrong));
        String p12 = "quarkus.tls.key-store.p12.path";
        refused(
                p12,
                garbage,
                "it is no keystore of the type PKCS12",
                Map.of(p12, wrong, "quarkus.tls.key-store.p12.password", PASSWORD));
        String store = "QUARKUS_TLS_KEY_STORE_P12_PATH";
        refused(
                store,
                certificate.keystore(),
                "password was incorrect",
                Map.of(store, certificate.keystore().toString(), "QUARKUS_TLS_KEY_STORE_P12_PASSWORD", "wrong"));
    }

    @Test
    void aMissingFileAndTheKeyOfAnotherCertificateAreNamed() throws Exception {
        String pem = certificate.pem().toString();
        Path gone = folder.resolve("gone");
        refused(KEY, gone, "there is no such file", Map.of(CERT, pem, KEY, gone.toString()));
        Path other = key(certificate("other"));
        refused(KEY, other, "it is not the key of the certificate in " + pem, Map.of(CERT, pem, KEY, other.toString()));
    }
}
