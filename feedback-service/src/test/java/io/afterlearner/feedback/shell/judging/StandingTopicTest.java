package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.http.Problem;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.ArmEstimate;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StandingHold;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTopicTest {
    private static final ArmEstimate NONE = new ArmEstimate(0L, 0L, null, null, null, null);
    private static final Standing STANDING =
            new Standing("s", 9L, 1L, 1L, StandingHold.NONE, 0L, 0L, 0, NONE, NONE, List.of(), 0, null, null);

    @Test
    void beforeTheTopicIsReadTheAnswerSaysWhyAndWhenToAskAgain() {
        StandingTopic unread =
                new StandingTopic(KafkaSettings.of(Map.of("bootstrap.servers", "localhost:1")), new Standings());

        WebApplicationException refused = assertThrows(WebApplicationException.class, () -> unread.require("s", 9));

        assertEquals(503, refused.getResponse().getStatus());
        assertEquals("1", refused.getResponse().getHeaderString("Retry-After"));
        Problem problem = (Problem) refused.getResponse().getEntity();
        assertTrue(problem.detail().startsWith("topic afterlearner.standings is not read yet;"), problem.detail());
    }

    @Test
    void aStandingOfAnotherIncarnationOrUnderAnotherKeyIsNotShown() {
        assertTrue(StandingTopic.isOf(STANDING, "s", 9));
        assertFalse(StandingTopic.isOf(STANDING, "s", 8));
        assertFalse(StandingTopic.isOf(STANDING, "t", 9));
    }
}
