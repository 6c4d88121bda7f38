package io.afterlearner.feedback.shell.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceQueriesTest {

    private static String refused(String url, @Nullable String tokenFile, @Nullable String caFile) {
        return String.valueOf(assertThrows(
                        ConfigurationException.class,
                        () -> SliceQueries.prometheus(url, Optional.ofNullable(tokenFile), Optional.ofNullable(caFile)))
                .getMessage());
    }

    @Test
    void aTokenIsNotSentInClearText() {
        assertTrue(refused("http://prometheus:9090", "token", null).contains("use https"));
        assertDoesNotThrow(
                () -> SliceQueries.prometheus("https://prometheus:9090", Optional.of("token"), Optional.empty()));
        assertDoesNotThrow(
                () -> SliceQueries.prometheus("http://prometheus:9090/a", Optional.empty(), Optional.empty()));
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNotShown() {
        String said = refused("https://ann:hidden@prometheus", null, null);
        assertTrue(said.startsWith("afterlearner.feedback.prometheus-url is not the address"), said);
        assertFalse(said.contains("hidden"), said);
        refused("https://prometheus?a=b", null, null);
        refused("file:///etc/passwd", null, null);
    }

    @Test
    void authoritiesThatCannotBeReadAreNamed(@TempDir Path folder) throws Exception {
        Path pem = folder.resolve("ca.pem");
        assertTrue(refused("https://prometheus", null, pem.toString()).contains("cannot be read; mount it"));
        Files.writeString(pem, "no certificate");
        assertTrue(refused("https://prometheus", null, pem.toString()).contains("cannot be used"));
    }
}
