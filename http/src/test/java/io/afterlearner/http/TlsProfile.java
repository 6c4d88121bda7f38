package io.afterlearner.http;

import io.afterlearner.embedded.Certificate;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with HTTPS and one request per second for each identity. */
public class TlsProfile implements QuarkusTestProfile {
    static final Path FOLDER = Path.of("target", "test-tls").toAbsolutePath();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.tls.key-store.p12.path",
                create("served").keystore().toString(),
                "quarkus.tls.key-store.p12.password",
                "change-it",
                "quarkus.http.test-ssl-port",
                "0",
                "afterlearner.http.identity-requests-per-second",
                "1",
                "afterlearner.http.keys-file",
                TestKeys.write("tls", TestKeys.line("busy", "viewer", "*", TestKeys.key("b"))));
    }

    /** A new certificate in a folder of this name. */
    static Certificate create(String name) {
        try {
            Path folder = Files.createDirectories(FOLDER.resolve(name));
            Certificate before = new Certificate(folder.resolve("broker.p12"), folder.resolve("broker.pem"));
            Files.deleteIfExists(before.keystore());
            Files.deleteIfExists(before.pem());
            return Certificate.create(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
