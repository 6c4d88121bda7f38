package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN | -1",
                "BEGIN PROPOSE | 1",
                "BEGIN PROPOSE ALARM RESUME | 1",
                "BEGIN PROPOSE APPROVE | -1",
                "BEGIN PROPOSE REJECT | -1",
                "BEGIN PROPOSE REJECT PROPOSE | 3",
                "BEGIN PROPOSE REVERT RESUME | -1",
                "BEGIN PROPOSE STOP | -1"
            })
    void aProposalIsOpenUntilItIsAnsweredOrTheStudyIsReverted(String actions, long candidate) {
        List<ArmsChange> audit = new ArrayList<>();
        for (String action : actions.split(" ", -1)) {
            audit.add(new ArmsChange(
                    "s",
                    (long) audit.size(),
                    0L,
                    "feedback",
                    ArmsAction.valueOf(action),
                    "",
                    0L,
                    List.of(),
                    (long) audit.size(),
                    List.of(),
                    0L));
        }
        assertEquals(
                candidate, Decision.open(audit).map(ArmsChange::getToNumber).orElse(-1L));
    }
}
