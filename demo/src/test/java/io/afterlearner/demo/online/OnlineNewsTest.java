package io.afterlearner.demo.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnlineNewsTest {
    private static final StudyProgress VIEW =
            new StudyProgress("s", "RUNNING", null, 3, null, null, 80, 30, 20, 1, 0, 0L, "online", null, null);

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void aLineShowsProgressChampionAndLift() throws JsonProcessingException {
        JsonNode standing = json(
                "{'settled': 21, 'champion': {'difference': 0.25, 'differenceError': 0.03}, 'duel': {'candidate': 9}}");
        assertEquals(
                "   41 s  21 of 80 candidates settled, champion is candidate 7: +0.250 ± 0.030 clicks per page against"
                        + " control, challenged by 9",
                OnlineNews.line(41.4, VIEW, standing, 7));
    }

    @Test
    void unknownValuesAreOmitted() throws JsonProcessingException {
        assertEquals(
                "    0 s  0 candidates settled, champion is ℵ₀",
                OnlineNews.line(0, null, MissingNode.getInstance(), 0));
        assertEquals(
                "    1 s  0 of 80 candidates settled, champion is candidate 7",
                OnlineNews.line(1, VIEW, json("{'champion': {}, 'duel': null}"), 7));
    }

    private static ArmsChange change(ArmsAction action) {
        return new ArmsChange("s", 1L, 61_000L, "ann", action, "why", 0L, List.of(), 1L, List.of(), 0L);
    }

    private static FailureCause guardrail() {
        return FailureCause.newBuilder()
                .setKind(FailureKind.GUARDRAIL)
                .setGuardrail(new BrokenGuardrail("latency", Aggregate.P95, Goal.MINIMIZE, 75.0, 58.0, 1.2, 153L, 663L))
                .build();
    }

    private static TrialEvent failed(FailureCause cause) {
        return TrialEvent.newBuilder()
                .setStudy("s")
                .setSequence(1)
                .setAtMillis(31_000)
                .setType(TrialEventType.FAILED)
                .setNumber(5L)
                .setCause(cause)
                .build();
    }

    @Test
    void newsOfBothTopicsIsOrderedByTime() {
        assertEquals(
                List.of("   30 s  stopped: candidate 5, " + FailureText.of(failed(guardrail())), "   60 s  drift: why"),
                OnlineNews.lines(
                        List.of(change(ArmsAction.BEGIN), change(ArmsAction.DRIFT)),
                        List.of(
                                failed(guardrail()),
                                failed(FailureCause.newBuilder()
                                        .setKind(FailureKind.EXPIRED)
                                        .build())),
                        1_000));
    }

    @Test
    void aCounterIsSummedOverItsLabels() {
        String metrics =
                "# HELP a b\na_total 3.0\nb_total{x=\"1\"} 1.0\nb_total{x=\"2\"} 2.0E3 # {trace_id=\"0\"} 1.0 17.5\na_total_more 9\n";
        assertEquals(3, Shop.counted(metrics, "a_total"));
        assertEquals(2_001, Shop.counted(metrics, "b_total"));
        assertNull(Shop.counted(metrics, "c_total"));
    }
}
