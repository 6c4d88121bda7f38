package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.tls.TlsWatch;
import io.afterlearner.embedded.Certificate;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** HTTPS by Quarkus' TLS registry, and the limit per identity. */
@QuarkusTest
@TestProfile(TlsProfile.class)
class TlsTest {
    @TestHTTPResource(value = "/q/health/live", tls = true)
    @SuppressWarnings("NullAway.Init")
    URI live;

    @ConfigProperty(name = "quarkus.http.insecure-requests")
    @SuppressWarnings("NullAway.Init")
    String insecure;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TlsConfigurationRegistry registry;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Event<CertificateUpdatedEvent> updates;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TlsWatch watch;

    private HttpResponse<String> ask(Certificate trusted, String path, String key) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + live.getPort() + path);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(trusted))
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(Certificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(trusted.pem())) {
            store.setCertificateEntry(
                    "service", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Certificate served() {
        var folder = TlsProfile.FOLDER.resolve("served");
        return new Certificate(folder.resolve("broker.p12"), folder.resolve("broker.pem"));
    }

    @Test
    void aReplacedCertificateIsServedWithoutARestart() throws Exception {
        Certificate fresh = TlsProfile.create("fresh");
        assertEquals(200, ask(served(), "/q/health/live", "").statusCode());
        assertThrows(SSLHandshakeException.class, () -> ask(fresh, "/q/health/live", ""));

        Files.copy(fresh.keystore(), served().keystore(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(fresh.pem(), served().pem(), StandardCopyOption.REPLACE_EXISTING);
        // What quarkus.tls.reload-period does, which is at least 30 s.
        TlsConfiguration tls = registry.getDefault().orElseThrow();
        assertTrue(tls.reload());
        updates.fire(new CertificateUpdatedEvent("<default>", tls));
        for (int tries = 0; ; tries++) {
            try {
                assertEquals(200, ask(fresh, "/q/health/live", "").statusCode());
                return;
            } catch (SSLHandshakeException e) {
                assertTrue(tries < 500, "the old certificate is still served");
                Thread.sleep(20);
            }
        }
    }

    @Test
    void garbageInTheCertificatesPlaceIsNamedAndTheServiceGoesOn() throws Exception {
        byte[] before = Files.readAllBytes(served().keystore());
        assertNull(watch.problem());
        Files.writeString(served().keystore(), "garbage");
        try {
            assertFalse(registry.getDefault().orElseThrow().reload(), "Quarkus says no more than this");
            for (int tries = 0; watch.problem() == null; tries++) {
                assertTrue(tries < 1_000, "the garbage is not seen");
                Thread.sleep(20);
            }
            String problem = String.valueOf(watch.problem());
            assertTrue(problem.startsWith("quarkus.tls.key-store.p12.path " + served().keystore()), problem);
            assertEquals(200, ask(served(), "/q/health/live", "").statusCode());
        } finally {
            Files.write(served().keystore(), before);
        }
    }

    @Test
    void plainHttpIsOffWhereHttpsIsOn() {
        assertEquals("disabled", insecure);
        HttpRequest plain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + live.getPort() + "/q/health/live"))
                .build();
        IOException refused = assertThrows(
                IOException.class, () -> HttpClient.newHttpClient().send(plain, HttpResponse.BodyHandlers.ofString()));
        assertTrue(!(refused instanceof ConnectException), refused::toString);
    }

    @Test
    void anIdentityThatAsksTooOftenIsRefused() throws Exception {
        for (int requests = 0; requests < 1_000; requests++) {
            HttpResponse<String> answer = ask(served(), "/v1/guarded", TestKeys.key("b"));
            if (answer.statusCode() == 429) {
                assertTrue(answer.body().contains("more than 1 requests per second from key:busy"), answer.body());
                assertTrue(answer.headers().firstValue("Retry-After").isPresent());
                return;
            }
            assertEquals(200, answer.statusCode(), answer.body());
        }
        throw new AssertionError("never refused");
    }
}
