package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTextTest {

    @Test
    void aBrokenGuardrailIsReportedWithItsFigures() {
        var latency = new BrokenGuardrail("latency", Aggregate.P95, Goal.MINIMIZE, 1.31, 1.0, 1.05, 400L, 800L);
        FailureCause cause = FailureCause.newBuilder()
                .setKind(FailureKind.GUARDRAIL)
                .setGuardrail(latency)
                .build();
        assertEquals(
                "guardrail broken: P95 of latency is 1.310 and control's is 1.000; at most 1.050 times control's is"
                        + " allowed (400 and 800 values)",
                FailureText.of(cause, null));
    }

    @Test
    void theAdviceDependsOnTheEvaluator() {
        assertTrue(expired("gpu").contains("evaluators of pool gpu are running"), expired("gpu"));
        assertTrue(expired("online").contains("the feedback service is running"), expired("online"));
    }

    private static String expired(String pool) {
        return FailureText.of(
                FailureCause.newBuilder()
                        .setKind(FailureKind.EXPIRED)
                        .setMillis(60_000L)
                        .setPool(pool)
                        .build(),
                null);
    }

    @Test
    void anOldRecordKeepsItsReason() {
        assertEquals("it broke", FailureText.of(new Failed("it broke", null)));
        assertEquals("no reason was given", FailureText.of(new Failed(null, null)));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GUARDRAIL"})
    void everyKindOfFailureIsOneLineOfText(FailureKind kind) {
        String text = FailureText.of(FailureCause.newBuilder().setKind(kind).build(), null);
        assertFalse(text.isBlank() || text.contains("\n"), text);
    }
}
