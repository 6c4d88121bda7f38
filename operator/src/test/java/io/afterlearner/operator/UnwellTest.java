package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong, missing or refused is shown, and nothing is tried in a loop. */
class UnwellTest extends OnMockServer {
    @Test
    void aWrongSpecIsRefusedWithTheReasonAndOneEvent() {
        create("  budgett: 3");
        Observed invalid = awaitPhase(Phase.INVALID);
        Condition accepted = invalid.condition(Condition.ACCEPTED).orElseThrow();
        assertEquals("InvalidSpec", accepted.reason());
        assertEquals("spec.optimizer.budgett: unknown key; did you mean budget?", accepted.message());
        assertTrue(invalid.isTrue(Condition.STALLED));
        assertEquals(1, events("InvalidSpec").size());
        assertTrue(optimizer.changes.isEmpty());

        depth().edit(study -> {
            ((ObjectNode) study.getSpec().json().path("optimizer")).remove("budgett");
            return study;
        });
        awaitPhase(Phase.RUNNING);
    }

    @Test
    void aPathWithoutAnAddressIsRefused() {
        create(client, yaml().replace("file://" + folder + "/tiny.onnx", "tiny.onnx"));
        Condition accepted =
                awaitPhase(Phase.INVALID).condition(Condition.ACCEPTED).orElseThrow();
        assertTrue(accepted.message().startsWith("spec.model: tiny.onnx is not an address"), accepted.message());
    }

    @Test
    void whatTheOptimizerRefusesIsShown() {
        optimizer.refusal = "too little memory; delete studies";
        create("");
        Condition accepted =
                awaitPhase(Phase.INVALID).condition(Condition.ACCEPTED).orElseThrow();
        assertEquals("RefusedByOptimizer", accepted.reason());
        assertEquals("too little memory; delete studies", accepted.message());
    }

    @Test
    void withoutTheOptimizerTheStudyWaitsAndThenGoesOn() {
        optimizer.down = true;
        create("");
        await(now -> now.condition(Condition.READY)
                .filter(ready -> ready.reason().equals("OptimizerUnreachable"))
                .isPresent());
        optimizer.down = false;
        awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    @Test
    void aStudyThatWasDeletedElsewhereIsMissingAndNotCreatedAgain() {
        create("");
        awaitPhase(Phase.RUNNING);
        optimizer.studies.clear();
        Observed missing = awaitPhase(Phase.MISSING);
        assertFalse(missing.isTrue(Condition.READY));
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }
}
