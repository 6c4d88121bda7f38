package io.afterlearner.evaluator.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    private static SessionSettings settings(boolean cuda) {
        return new SessionSettings(cuda, 0, 1, 1, 1);
    }

    @Test
    void aGpuThatCannotBeUsedIsRefusedAtTheStartInOneLine() {
        Providers.check(settings(false));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Providers.check(settings(true)));
        assertTrue(e.getMessage().startsWith("afterlearner.evaluator.provider is cuda, and "), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void theLibraryThatTheProviderLacksIsNamed(@TempDir Path folder) throws Exception {
        assertEquals(Optional.empty(), Providers.missingLibrary(null));
        Files.writeString(folder.resolve("libonnxruntime_providers_cuda.so"), "not a library");
        String missing = Providers.missingLibrary(folder.toString()).orElseThrow();
        assertTrue(missing.contains("libonnxruntime_providers_cuda.so"), missing);
    }
}
