package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
    private static final String RECORD = "afterlearner.fitness-0@17#cafe";

    private static Attempts restarted(Path folder) {
        Attempts.closeAll();
        return Attempts.of(folder, "app-0_0");
    }

    @Test
    void failuresAreCountedAcrossRestarts(@TempDir Path folder) {
        restarted(folder).failed(RECORD, "first\nline");
        restarted(folder).failed(RECORD, "second");

        assertEquals(new Attempts.Failures(2, "second"), restarted(folder).of(RECORD));
        assertEquals(0, restarted(folder).of("afterlearner.fitness-0@18#cafe").count());
    }

    @Test
    void aRecordThatWasNeverEndedFailed(@TempDir Path folder) {
        restarted(folder).begin(RECORD);

        assertEquals(new Attempts.Failures(1, Attempts.ENDED), restarted(folder).of(RECORD));
        assertEquals(1, restarted(folder).of(RECORD).count(), "it is counted once");
    }

    @Test
    void aRecordThatEndedDidNotFail(@TempDir Path folder) {
        Attempts attempts = restarted(folder);
        attempts.begin(RECORD);
        attempts.end();

        assertTrue(restarted(folder).isEmpty());
    }

    @Test
    void withoutAFolderFailuresAreCountedInMemory(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Attempts attempts = Attempts.of(file, "app-0_0");
        attempts.begin(RECORD);
        attempts.end();
        attempts.failed(RECORD, "no");

        assertEquals(1, Attempts.of(file, "app-0_0").of(RECORD).count());
    }

    @Test
    void atMostSoManyRecordsAreRemembered(@TempDir Path folder) {
        Attempts attempts = restarted(folder);
        for (int i = 0; i <= Attempts.MAX_RECORDS; i++) {
            attempts.failed(RECORD + i, "no");
        }

        assertEquals(0, restarted(folder).of(RECORD + 0).count());
        assertEquals(1, restarted(folder).of(RECORD + 1).count());
    }
}
