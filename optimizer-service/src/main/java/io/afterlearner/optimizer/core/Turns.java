package io.afterlearner.optimizer.core;

import io.afterlearner.optimizer.core.Outstanding.Waiting;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the search hears a result. In the order of arrival that is at once. In the order of numbers, result n waits for
 * the results of all smaller numbers, and until the candidates that those made room for are asked: candidate n +
 * parallelism - 1 is always asked, and n + parallelism is not. So each ask depends on the same results at any timing. At most
 * {@code parallelism} results wait.
 */
final class Turns {

    /** How a candidate ended: told, failed or expired. */
    record Result(Waiting candidate, Event event) {}

    private final boolean byNumber;
    private final int parallelism;
    private final Map<Long, Result> waiting = new HashMap<>();
    private long heard;

    Turns(RunPlan plan) {
        byNumber = plan.byNumber();
        parallelism = plan.parallelism();
    }

    void add(Result result) {
        waiting.put(result.candidate().number(), result);
    }

    /**
     * Removes the next result whose turn it is; null if none is.
     *
     * @param askedAll whether no candidate is asked any more, as of now
     */
    @Nullable
    Result next(long asked, boolean askedAll) {
        if (!byNumber) {
            return waiting.isEmpty() ? null : hear(waiting.keySet().iterator().next());
        }
        return askedAll || asked >= heard + parallelism ? hear(heard) : null;
    }

    private @Nullable Result hear(long number) {
        Result result = waiting.remove(number);
        heard += result == null ? 0 : 1;
        return result;
    }

    /** Whether another candidate may be asked. */
    boolean hasRoom(long asked, int outstanding) {
        return byNumber ? asked - heard < parallelism : outstanding < parallelism;
    }
}
