package io.afterlearner.access.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was replaced by one that cannot be used is said once, and shown by a metric until it is corrected. */
class TlsWatchTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void stop() {
        Metrics.removeRegistry(registry);
        Metrics.globalRegistry.clear();
    }

    private static void write(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "change-it".toCharArray());
        }
    }

    private double refused() {
        return registry.get("afterlearner.http.certificates.refused").gauge().value();
    }

    @Test
    void garbageIsSaidOnceUntilItIsCorrected(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("service.p12");
        write(file);
        TlsWatch watch = new TlsWatch(TlsFiles.of(Map.of(
                "quarkus.tls.key-store.p12.path", file.toString(), "quarkus.tls.key-store.p12.password", "change-it")));
        assertNull(watch.look());
        assertEquals(0, refused());
        Files.writeString(file, "garbage");
        assertEquals(
                "quarkus.tls.key-store.p12.path " + file
                        + " cannot be used: it is no keystore of the type PKCS12, or it is damaged",
                watch.look());
        assertNull(watch.look(), "said once");
        assertEquals(1, refused());
        write(file);
        assertEquals(TlsWatch.USABLE, watch.look());
        assertNull(watch.look());
        assertEquals(0, refused());
    }
}
