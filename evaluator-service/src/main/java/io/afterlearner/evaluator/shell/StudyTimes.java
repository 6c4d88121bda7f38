package io.afterlearner.evaluator.shell;

import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudyStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lower bound of the current time in each study: the time of its latest event, plus the time since this process received it.
 * Therefore an evaluator's wall clock may differ from the optimizer's, and may jump. Thread-safe.
 */
final class StudyTimes {

    private record Heard(long incarnation, long sequence, long atMillis, boolean stopped, long nanos) {}

    private final Map<String, Heard> latest = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock */
    StudyTimes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param incumbent null if the study was deleted */
    void heard(String study, @Nullable Incumbent incumbent) {
        latest.compute(study, (key, before) -> {
            if (incumbent == null) {
                return null;
            }
            boolean again = before != null
                    && before.incarnation == incumbent.getIncarnation()
                    && before.sequence == incumbent.getSequence();
            return again ? before : now(incumbent);
        });
    }

    private Heard now(Incumbent incumbent) {
        return new Heard(
                incumbent.getIncarnation(),
                incumbent.getSequence(),
                incumbent.getAtMillis(),
                incumbent.getStatus() == StudyStatus.STOPPED,
                nanos.getAsLong());
    }

    /** Whether a candidate's study was stopped: then all of its candidates have ended. */
    boolean isStopped(Candidate candidate) {
        Heard heard = latest.get(candidate.getStudy());
        return heard != null && heard.incarnation == candidate.getIncarnation() && heard.stopped;
    }

    /** The time in a candidate's study, in the optimizer's epoch milliseconds; not before the candidate was asked. */
    long millis(Candidate candidate) {
        Heard heard = latest.get(candidate.getStudy());
        if (heard == null || heard.incarnation != candidate.getIncarnation()) {
            return candidate.getAskedAtMillis();
        }
        long passed = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - heard.nanos);
        return Math.max(candidate.getAskedAtMillis(), heard.atMillis + passed);
    }
}
