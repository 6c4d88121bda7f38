package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.net.HostAndPort;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080/, true",
        "https://LOCALHOST:8080, http://localhost:8080/, true",
        "http://a.localhost:8080, http://a.localhost:8080/, true",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/, true",
        "http://[::1]:8080, http://[::1]:8080/, true",
        "http://10.1.2.3, http://10.1.2.3/, true",
        "http://localhost:1, http://localhost:8080/, false",
        "http://evil.example:8080, http://127.0.0.1:8080/, false",
        "http://evil.example:8080, http://evil.example:8080/, false",
        "http://1.2.3.4.evil.example, http://1.2.3.4.evil.example/, false",
        "http://localhost.evil.example, http://localhost.evil.example/, false",
        "null, http://localhost:8080/, false"
    })
    void aNameThatAnybodyMayOwnIsNoProofOfTheSameOrigin(String origin, URI self, boolean same) {
        HostAndPort requested = HostAndPort.create(self.getHost(), self.getPort());
        assertEquals(same, RequestRules.isSame(origin, requested));
    }
}
