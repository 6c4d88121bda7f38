package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.shell.ripening.RipenedExposures;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values are adjusted by what their unit did before, also if that was before a restart. */
class PastRestartTest extends TopologyFixture {
    private static final StudySpec ADJUSTED = Specs.adjusted(SPEC);
    private static final String RIPE = "feedback-" + RipenedExposures.TOPIC + "-repartition";

    @BeforeEach
    void create() {
        topology.create(ADJUSTED);
        topology.send(Specs.asked("s", 1, 0.5));
    }

    /** A visit with a click, until it is counted. */
    private void clicks(String id) {
        topology.reported(exposed(id), "e", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);
    }

    /** What the judge gets for a visit without a click. */
    private Pairs next(String id) {
        exposed(id);
        topology.passes(WINDOW_MILLIS + 1_500);
        List<byte[]> ripe = topology.read(RIPE);
        List<ExposureTotals> totals = RipenedExposures.JSON.decode(ripe.get(ripe.size() - 1)).stream()
                .map(RipenedExposures::totals)
                .toList();
        assertEquals(1, totals.size());
        return totals.get(0).goal().pairs();
    }

    @Test
    void theNextExposureOfAUnitHasWhatItDidBeforeTheRestart() {
        clicks("ab1-1");
        clicks("ab1-2");
        clicks("ab1-3");
        restart(ADJUSTED);
        assertEquals(new Pairs(1, 0, 1, 1, 0), next("ab1-4"));
        assertEquals(new Pairs(1, 0, 0.75, 0.5625, 0), next("ab1-5"), "without the click of the exposure before");
        assertEquals(Pairs.NONE, next("ab2-1"), "another unit");
    }

    @Test
    void anExposureThatWasOpenKeepsWhatItBeganWith() {
        clicks("ab1-1");
        clicks("ab1-2");
        clicks("ab1-3");
        exposed("ab1-4");
        restart(ADJUSTED);
        topology.passes(WINDOW_MILLIS + 1_500);
        List<byte[]> ripe = topology.read(RIPE);
        assertEquals(
                new Pairs(1, 0, 1, 1, 0),
                RipenedExposures.JSON.decode(ripe.get(0)).get(0).totals().goal().pairs());
    }
}
