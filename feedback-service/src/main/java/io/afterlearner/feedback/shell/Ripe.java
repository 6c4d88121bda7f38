package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.Arm;
import io.afterlearner.feedback.core.Worth;
import java.util.List;

/**
 * What exposures of one arm, assigned within one second, were worth; from ripening to judging.
 *
 * @param assignedAtMillis the first one's; whatever corrects one of them has the same
 */
record Ripe(Arm arm, long number, long assignedAtMillis, Worth worth) {
    static final StateJson<List<Ripe>> JSON = new StateJson<>(new TypeReference<>() {});
    /** Most in one record. */
    static final int MOST = 100;

    Ripe plus(Ripe other) {
        return new Ripe(arm, number, assignedAtMillis, worth.plus(other.worth));
    }
}
