package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBudgetTest {
    @ParameterizedTest
    @CsvSource({
        "BEGIN PROMOTE LOST, false",
        "BEGIN LOST EXHAUSTED, true",
        "BEGIN EXHAUSTED REVERT RESUME, true",
        "BEGIN EXHAUSTED GRANT LOST, false",
        "BEGIN EXHAUSTED GRANT EXHAUSTED, true"
    })
    void aBudgetIsSpentFromWhenTheAuditSaysSoUntilAnotherIsGranted(String actions, boolean spent) {
        List<ArmsChange> audit = Arrays.stream(actions.split(" ", -1))
                .map(ArmsAction::valueOf)
                .map(action -> new ArmsChange("s", 0L, 0L, "feedback", action, "", 0L, List.of(), 0L, List.of(), 0L))
                .toList();
        assertEquals(spent, ErrorBudget.isSpent(audit));
    }
}
