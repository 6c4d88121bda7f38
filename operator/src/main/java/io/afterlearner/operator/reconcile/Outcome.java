package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a Study led to.
 *
 * @param next its new status
 * @param again when to look again without a reason; null if only a change is a reason
 */
record Outcome(Observed next, @Nullable Duration again) {
    static Outcome of(Observed next) {
        return new Outcome(next, null);
    }
}
