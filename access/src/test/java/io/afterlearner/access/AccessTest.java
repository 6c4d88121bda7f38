package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static Access reloading(Duration every) {
        return access(Optional.empty(), every);
    }

    private static Access access(Optional<Path> keys, Duration every) {
        return new Access(
                ConfigProvider.getConfig(), "127.0.0.1", keys, every, Protection.AUTO, Optional.empty(), false);
    }

    @Test
    void anIntervalBelowTheMinimumIsRefusedAndNotRaised() {
        assertTrue(reloading(Duration.ofMillis(10)).isOpen());
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> reloading(Duration.ofMillis(9)));
        assertEquals("afterlearner.http.keys-reload is 9 ms; give at least 10 ms", refusal.getMessage());
        assertThrows(ConfigurationException.class, () -> reloading(Duration.ofSeconds(-5)));
    }

    /** Quarkus prints one line of an exception of configuration, and stack traces if it has a cause. */
    @Test
    void wrongSettingsAreRefusedInOneLine() {
        Optional<Path> missing = Optional.of(Path.of("no", "such", "file"));
        ConfigurationException keys =
                assertThrows(ConfigurationException.class, () -> access(missing, Duration.ofSeconds(5)));
        assertNull(keys.getCause());
        ConfigurationException metrics = assertThrows(ConfigurationException.class, () -> new PathRules("all"));
        assertEquals("afterlearner.http.metrics is all; use viewer or open", metrics.getMessage());
    }
}
