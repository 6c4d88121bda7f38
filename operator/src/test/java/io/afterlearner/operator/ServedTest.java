package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import org.junit.jupiter.api.Test;

/** The status of an online study says what production serves. */
class ServedTest extends OnMockServer {
    private Observed awaitServing(String reason) {
        return await(now -> now.condition(Condition.SERVING)
                .filter(serving -> serving.reason().equals(reason))
                .isPresent());
    }

    @Test
    void theChampionIsShownFromBeginningToRevert() {
        create(client, StudyYaml.online("depth", folder));
        assertNull(awaitServing("NotBegun").champion());

        optimizer.serve("EXPLORING", 0);
        assertEquals(0, awaitServing("Exploring").champion());
        optimizer.serve("EXPLORING", 7);
        await(now -> now.champion() != null && now.champion() == 7);
        optimizer.serve("REVERTED", 0);
        Observed reverted = awaitServing("Reverted");
        assertEquals(0, reverted.champion());
        assertEquals(
                "production serves the shipped model",
                reverted.condition(Condition.SERVING).orElseThrow().message());
        assertEquals(2, events("Exploring").size(), "one for each champion");
        assertEquals(1, events("Reverted").size());
    }

    @Test
    void withoutTheFeedbackServiceTheChampionStaysAndIsSaidToBeOld() {
        create(client, StudyYaml.online("depth", folder));
        awaitServing("NotBegun");
        optimizer.serve("EXPLORING", 7);
        awaitServing("Exploring");
        optimizer.feedbackDown = true;
        Observed unknown = awaitServing("FeedbackUnreachable");
        assertEquals(7, unknown.champion());
        assertTrue(unknown.isTrue(Condition.READY), "the study itself goes on");

        optimizer.serve("EXPLORING", 8);
        optimizer.feedbackDown = false;
        assertEquals(8, awaitServing("Exploring").champion());
    }

    @Test
    void theFeedbackServiceIsNotAskedForStudiesWithData() {
        optimizer.feedbackDown = true;
        create("");
        Observed running = await(now -> now.figures() != null);
        assertTrue(running.condition(Condition.SERVING).isEmpty());
        assertNull(operator.feedback().problem());
    }
}
