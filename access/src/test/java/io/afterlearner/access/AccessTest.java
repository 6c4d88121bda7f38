package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static Access reloading(Duration every) {
        return new Access(
                ConfigProvider.getConfig(),
                "127.0.0.1",
                Optional.empty(),
                every,
                Protection.AUTO,
                Optional.empty(),
                false);
    }

    @Test
    void anIntervalBelowTheMinimumIsRefusedAndNotRaised() {
        assertTrue(reloading(Duration.ofMillis(10)).isOpen());
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> reloading(Duration.ofMillis(9)));
        assertEquals("afterlearner.http.keys-reload is 9 ms; give at least 10 ms", refusal.getMessage());
        assertThrows(ConfigurationException.class, () -> reloading(Duration.ofSeconds(-5)));
    }
}
