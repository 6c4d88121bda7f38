package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static Access access(Optional<Path> keys, Duration every) {
        return new Access(
                ConfigProvider.getConfig(), "127.0.0.1", keys, every, Protection.AUTO, Optional.empty(), false);
    }

    /** Quarkus prints one line of an exception of configuration, and stack traces if it has a cause. */
    @Test
    void aMissingFileOfKeysIsRefusedInOneLine() {
        Optional<Path> missing = Optional.of(Path.of("no", "such", "file"));
        ConfigurationException keys =
                assertThrows(ConfigurationException.class, () -> access(missing, Duration.ofSeconds(5)));
        assertNull(keys.getCause());
    }
}
