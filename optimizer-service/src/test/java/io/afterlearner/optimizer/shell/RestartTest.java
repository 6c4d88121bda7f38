package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final int BUDGET = 200;

    @Test
    void aRestartedProcessorSendsTheSameBitsAsAnUninterruptedOne() {
        StudyTask through = new StudyTask();
        StudyTask interrupted = new StudyTask();
        for (StudyTask task : List.of(through, interrupted)) {
            task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", BUDGET, 7)));
        }
        for (int n = 0; n < BUDGET; n++) {
            byte[] fitness = n % 11 == 5
                    ? Messages.bytes(Messages.failed("s", n, "no"))
                    : Messages.bytes(Messages.measured("s", n, Math.abs(100 - n)));
            through.put(Topics.FITNESS, fitness);
            interrupted.put(Topics.FITNESS, fitness);
            if (n % 13 == 0) {
                interrupted.restart();
            }
        }

        List<byte[]> expected = sent(through);
        List<byte[]> actual = sent(interrupted);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "record " + i);
        }
    }

    @Test
    void duplicatesStayDuplicatesAfterARestart() {
        StudyTask task = new StudyTask();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 1)));
        byte[] fitness = Messages.bytes(Messages.measured("s", 0, 1));
        task.put(Topics.FITNESS, fitness);
        task.put(Topics.FITNESS, fitness);
        task.restart();
        int before = sent(task).size();

        task.put(Topics.FITNESS, fitness);

        assertEquals(before, sent(task).size());
    }

    @Test
    void aCommandThatActedBeforeARestartDoesNotActAgain() {
        StudyTask task = new StudyTask();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 1)));
        byte[] pause = Messages.bytes(Messages.command("s", "a", Action.PAUSE, 0));
        task.put(Topics.COMMANDS, pause);
        task.put(Topics.COMMANDS, Messages.bytes(Messages.command("s", "b", Action.RESUME, 0)));
        task.restart();
        int before = sent(task).size();

        task.put(Topics.COMMANDS, pause);

        assertEquals(before, sent(task).size());
    }

    @Test
    void aBatchTooLargeForOneRecordIsSplitAndComesBackInOrder() {
        StudyTask task = new StudyTask();
        // 4,096 candidates of 800 bytes start at once: three times the limit of a batch.
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 100_000, 4_096, 10, 10)));
        for (int i = 0; i < 3; i++) {
            task.restart();
        }
        task.put(Topics.FITNESS, Messages.bytes(Messages.measured("s", 4_095, 1)));

        long candidates = task.outs().stream()
                .filter(out -> out.topic().equals(Topics.candidates("default")))
                .count();
        assertEquals(4_097, candidates);
    }

    @Test
    void theTimeThatTheServiceWasDownExpiresNoCandidate() {
        StudyTask task = new StudyTask();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 2)));
        int asked = sent(task).size();
        long downMillis = StudyTask.START_MILLIS + 3_600_000;
        task.restartAt(downMillis);
        task.tick(downMillis + 59_000);
        assertEquals(asked, sent(task).size(), "an evaluator may answer yet");
        task.tick(downMillis + 60_000);
        assertTrue(sent(task).size() > asked, "none did");
    }

    /** The records sent to candidates and trials; the publication times of the incumbent may differ. */
    private static List<byte[]> sent(StudyTask task) {
        return task.outs().stream()
                .filter(out -> !out.topic().equals(Topics.INCUMBENTS))
                .map(Out::value)
                .toList();
    }
}
