package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests for verdicts wait for an evaluator. A request that follows from the end of a study is known from the tables; one that a
 * person repeats after a failure is known only to the instance that sent it. What an answer says is of no importance here. Thread-safe.
 */
public final class VerdictRequests {
    /** Kafka keeps a request no longer, so no evaluator answers it after this time. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int MAX_REPEATED = 1_000;

    private record Repeated(Object failure, long atMillis) {}

    private final Map<String, Repeated> repeated = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Repeated> eldest) {
            return size() > MAX_REPEATED;
        }
    };

    /** A verdict is asked for again, after a failure. */
    public synchronized void repeated(String key, Object failure, long nowMillis) {
        repeated.remove(key);
        repeated.put(key, new Repeated(failure, nowMillis));
    }

    /** @param answer the latest about the incumbent; empty if there is none */
    public boolean isOpen(StudySpec spec, Incumbent now, String key, Optional<?> answer, long nowMillis) {
        boolean ended = now.getStatus() == StudyStatus.FINISHED || now.getStatus() == StudyStatus.STOPPED;
        if (spec.getTest() == null || !ended || now.getBaselineLoss() == null) {
            return false;
        }
        long askedMillis = answer.isEmpty() ? now.getAtMillis() : repeatedMillis(key, answer.get());
        return nowMillis - askedMillis < KEPT.toMillis();
    }

    private synchronized long repeatedMillis(String key, Object answer) {
        Repeated last = repeated.get(key);
        return last == null || !last.failure().equals(answer) ? Long.MIN_VALUE / 2 : last.atMillis();
    }
}
