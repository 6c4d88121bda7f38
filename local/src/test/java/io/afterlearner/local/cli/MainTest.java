package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.aleph.AlephException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** A file that cannot be written is one line, which says which file and why. */
class MainTest {
    @Test
    void aFailureOfAFileNamesTheFileAndTheReason() {
        assertEquals("/out/a: access denied", Main.ioFailure(new AccessDeniedException("/out/a")));
        assertEquals(
                "/out/a: No space left on device",
                Main.ioFailure(new FileSystemException("/out/a", null, "No space left on device")));
        IOException full = new IOException("No space left on device");
        assertEquals("No space left on device", Main.ioFailure(full));
        assertEquals(
                "/out/b cannot be written: No space left on device",
                Main.ioFailure(new AlephException("/out/b cannot be written: No space left on device", "", full)));
    }
}
