package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @Test
    void aStackTraceEndsWithItsCause(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("log"),
                "started\nfailed\n\tat a.B.c(B.java:1)\nCaused by: no key\n\tat a.B.d(B.java:2)\n\t... 9 more\n\n");
        assertEquals("Caused by: no key", LogTail.lastLine(log));
        assertEquals("started | failed | Caused by: no key", LogTail.of(log));
    }

    @Test
    void theLaunchersNameIsNotRepeated(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "started\nafterlearner: port 9092 is taken\n");
        assertEquals("port 9092 is taken", LogTail.lastLine(log));
    }
}
