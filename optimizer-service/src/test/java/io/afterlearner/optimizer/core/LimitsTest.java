package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.OnlineRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1000000, 64", "10000000, 4096"})
    void aPlanWithinTheLimitsIsFine(long budget, int parallelism) {
        assertNull(Limits.refusal(TestStudy.plan("auto", budget, parallelism, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, optimizer.budget is 0; give 1 to 10000000",
        "10000001, 1, optimizer.budget is 10000001; give 1 to 10000000",
        "10, 0, optimizer.parallelism is 0; give 1 to 4096",
        "10, 4097, optimizer.parallelism is 4097; give 1 to 4096"
    })
    void aPlanOverALimitIsRefusedWithTheFix(long budget, int parallelism, String line) {
        assertEquals(line, Limits.overLimit(budget, parallelism, 1, 3));
    }

    @Test
    void usersHaveAsLongAsTheRulesOfOnlineStudiesSay() {
        assertEquals(OnlineRules.MAX_TIMEOUT_MILLIS, Limits.MAX_TIMEOUT_MILLIS);
    }

    @Test
    void aLogThatWouldOutgrowMemoryIsRefused() {
        assertNull(Limits.overBudget(1_000_000, 6));
        String line = Limits.overBudget(1_000_000, 100_000);
        assertTrue(line.contains("1342"), line);
        assertNull(Limits.overBudget(1_342, 100_000));
    }

    @Test
    void anUnknownAlgorithmIsRefused() {
        String line = Limits.refusal(TestStudy.plan("Gradient", 10, 1, 1));
        assertTrue(line.startsWith("optimizer: ") && line.contains("Gradient"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "../x", "a#1", "é"})
    void aStudyIsNamedSoThatItFitsIntoPathsAndKeys(String name) {
        assertTrue(!Limits.isStudy(name), name);
    }
}
