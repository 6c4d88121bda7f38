package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import java.util.List;

/**
 * What exposures of one arm, assigned within one second, were worth; from ripening to judging.
 *
 * @param assignedAtMillis the first one's; whatever corrects one of them has the same
 */
record RipenedExposures(Arm arm, long number, long assignedAtMillis, ExposureTotals worth) {
    static final StateJson<List<RipenedExposures>> JSON = new StateJson<>(new TypeReference<>() {});
    /** Most in one record. */
    static final int MOST = 100;

    RipenedExposures plus(RipenedExposures other) {
        return new RipenedExposures(arm, number, assignedAtMillis, worth.plus(other.worth));
    }
}
