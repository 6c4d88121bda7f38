package io.afterlearner.local.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.afterlearner.embedded.Certificate;
import io.afterlearner.study.InputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final URI SERVICE = URI.create("http://127.0.0.1:1/v1/studies");

    @TempDir
    private Path folder;

    private static Optional<String> sent(Map<String, String> environment) {
        return Credentials.of(environment).request(SERVICE).build().headers().firstValue("Authorization");
    }

    @Test
    void theKeyComesFromTheEnvironmentOrAFile() throws Exception {
        assertEquals(Optional.empty(), sent(Map.of()));
        assertEquals(Optional.empty(), sent(Map.of("AFTERLEARNER_KEY", " ")));
        assertEquals(Optional.of("Bearer alk_1"), sent(Map.of("AFTERLEARNER_KEY", "alk_1")));
        Path file = Files.writeString(folder.resolve("key"), "alk_2\n");
        assertEquals(Optional.of("Bearer alk_2"), sent(Map.of("AFTERLEARNER_KEY_FILE", file.toString())));
    }

    @Test
    void aKeyThatCannotBeSentIsRefusedWithoutShowingIt() {
        for (String key : new String[] {"alk_secret two", "alk_secret\nX: y", "alk_sécret"}) {
            String message = refusal(Map.of("AFTERLEARNER_KEY", key));
            assertTrue(message.startsWith("afterlearner: AFTERLEARNER_KEY is not a key or token"), message);
            assertFalse(message.contains("cret"), message);
        }
        assertTrue(refusal(Map.of("AFTERLEARNER_KEY", "a", "AFTERLEARNER_KEY_FILE", "b"))
                .contains("unset one"));
        assertTrue(refusal(Map.of("AFTERLEARNER_KEY_FILE", folder.resolve("no").toString()))
                .contains("cannot be read"));
        assertTrue(refusal(Map.of("AFTERLEARNER_CA_FILE", folder.resolve("no").toString()))
                .contains("cannot be read"));
    }

    private static String refusal(Map<String, String> environment) {
        return String.valueOf(assertThrows(InputException.class, () -> Credentials.of(environment))
                .getMessage());
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedAndNoOther() throws Exception {
        Certificate certificate = Certificate.create(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(certificate)));
        server.createContext("/", exchange -> {
            byte[] key = exchange.getRequestHeaders().getFirst("Authorization").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, key.length);
            exchange.getResponseBody().write(key);
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            Map<String, String> trusting = Map.of(
                    "AFTERLEARNER_KEY",
                    "k",
                    "AFTERLEARNER_CA_FILE",
                    certificate.pem().toString());
            assertEquals("Bearer k", answer(Credentials.of(trusting), uri));
            Credentials others = Credentials.of(Map.of("AFTERLEARNER_KEY", "k"));
            assertThrows(SSLHandshakeException.class, () -> answer(others, uri));
        } finally {
            server.stop(0);
        }
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertTrue(refusal(Map.of("AFTERLEARNER_CA_FILE", empty.toString())).contains("no certificate"));
    }

    private static String answer(Credentials credentials, URI uri) throws Exception {
        return credentials
                .client()
                .send(credentials.request(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static SSLContext serving(Certificate certificate) throws Exception {
        char[] password = "change-it".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(certificate.keystore())) {
            store.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
