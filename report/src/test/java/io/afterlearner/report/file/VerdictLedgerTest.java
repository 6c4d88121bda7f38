package io.afterlearner.report.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictLedgerTest {
    @TempDir
    Path folder;

    @Test
    void verdictsAreCountedBySplitOverAllStudies() throws IOException {
        VerdictLedger ledger = new VerdictLedger(folder.resolve("verdicts"));
        assertEquals(1, ledger.draw("ab", "one", 7));
        assertEquals(2, ledger.draw("ab", "two", 7));
        assertEquals(1, ledger.draw("cd", "two", 7));
        assertEquals(2, new VerdictLedger(folder.resolve("verdicts")).draw("ab", "one", 7), "the same again");
        assertEquals(3, ledger.draw("ab", "one", 8));
    }

    @Test
    void verdictsDrawnAtOnceAllCount() throws IOException {
        IntStream.range(0, 40).parallel().forEach(i -> {
            try {
                new VerdictLedger(folder).draw("ab", "study", i);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals(41, new VerdictLedger(folder).draw("ab", "study", 40));
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("ab"), new byte[] {(byte) 0xff, (byte) 0xfe});
        String message =
                String.valueOf(assertThrows(IOException.class, () -> new VerdictLedger(folder).draw("ab", "study", 1))
                        .getMessage());
        assertTrue(message.startsWith(file + " counts the verdicts"), message);
    }

    @Test
    void aLineCutShortCounts() throws IOException {
        new VerdictLedger(folder).draw("ab", "study", 1);
        Files.writeString(folder.resolve("ab"), "study#1\nstud");
        assertEquals(3, new VerdictLedger(folder).draw("ab", "study", 2));
        assertEquals(3, new VerdictLedger(folder).draw("ab", "study", 2));
    }
}
