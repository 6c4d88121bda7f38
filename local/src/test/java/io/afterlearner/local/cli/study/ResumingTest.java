package io.afterlearner.local.cli.study;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.StudyStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumingTest {
    private static List<ArmsChange> audit(String actions) {
        return Arrays.stream(actions.split(" "))
                .map(action -> new ArmsChange(
                        "s",
                        1L,
                        1L,
                        "bob",
                        ArmsAction.valueOf(action),
                        "at 9 exposures",
                        0L,
                        List.of(),
                        0L,
                        List.of(),
                        0L))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "STOPPED, BEGIN STOP, 'was stopped, which is final; '",
        "RUNNING, BEGIN STOP, 'explores no more: at 9 exposures; '",
        "FINISHED, BEGIN ALARM RESUME, 'is finished, because each of its candidates has ended'"
    })
    void whatIsOverIsNotResumed(StudyStatus status, String audit, String why) {
        String refusal = Resuming.refusal(status, true, audit(audit));
        assertNotNull(refusal);
        assertTrue(refusal.startsWith(why), refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSED, BEGIN PAUSE",
        "RUNNING, BEGIN REVERT",
        "RUNNING, BEGIN ALARM",
        "FINISHED, BEGIN REVERT",
        "RUNNING, BEGIN"
    })
    void whatIsHeldIs(StudyStatus status, String audit) {
        assertNull(Resuming.refusal(status, true, audit(audit)));
    }

    @Test
    void aStudyOnDataThatIsFinishedIsExtended() {
        String refusal = Resuming.refusal(StudyStatus.FINISHED, false, List.of());
        assertNotNull(refusal);
        assertTrue(refusal.contains("study extend"), refusal);
        assertNull(Resuming.refusal(StudyStatus.PAUSED, false, List.of()));
    }
}
