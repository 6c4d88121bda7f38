package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueriedTest {
    private static final Reason.NoAnswer AWAY = new Reason.NoAnswer("load", "Prometheus does not answer");

    private static void queried(PlayedStudy study, Reason.@Nullable NoAnswer problem) {
        study.when(new Input.Queried(study.next(), problem));
    }

    @Test
    void aSliceWithoutAValueHoldsExplorationUntilTheNextHasOne() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).arrives(1);
        queried(study, null);
        assertEquals(Hold.NONE, study.state.hold());

        queried(study, AWAY);
        queried(study, AWAY);
        assertEquals(Hold.NO_ANSWER, study.state.hold());
        assertEquals(Serving.State.HOLDING, study.state.serving().state());
        study.when(new Input.Tick(study.next()));
        assertEquals(Hold.NO_ANSWER, study.state.hold());

        queried(study, null);
        assertEquals(Hold.NONE, study.state.hold());
        assertEquals(Serving.State.EXPLORING, study.state.serving().state());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.ALARM, Output.Action.RESUME), study.actions());
        assertEquals(AWAY, study.all(Output.Audit.class).get(1).reason());
    }

    @Test
    void aHoldOfAPersonStays() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).arrives(1);
        study.ordered(Input.Action.PAUSE);
        queried(study, AWAY);
        queried(study, null);
        assertEquals(Hold.PAUSED, study.state.hold());
    }
}
