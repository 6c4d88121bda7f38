package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Estimate;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.schemas.ArmEstimate;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StandingHold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a standing is written, and what it says. Pure. */
final class StandingRecords {
    /** Candidates in slots of which a standing has the estimate, so that a record stays below 64 KiB. */
    static final int MAX_TRIALS = 1_000;

    /** An unchanged standing is written again after this time: its age says whether the study is still judged. */
    static final Duration REPEAT = Duration.ofSeconds(10);

    private StandingRecords() {}

    /**
     * What to write now; empty if there is nothing new to say.
     *
     * @param written what this task wrote last of the study; null before the first record
     * @param seen the latest record on the topic, whoever wrote it; null if there is none
     */
    static Optional<Standing> next(Entry study, @Nullable Standing written, @Nullable Standing seen, long nowMillis) {
        Standing last = written != null && written.getIncarnation() == study.incarnation() ? written : null;
        return isDue(study, last, seen, nowMillis)
                ? Optional.of(of(study, revision(study, last, seen, nowMillis), nowMillis))
                : Optional.empty();
    }

    private static boolean isDue(Entry study, @Nullable Standing last, @Nullable Standing seen, long nowMillis) {
        if (last == null || (seen != null && isOvertaken(last, seen))) {
            return true;
        }
        boolean repeats = last.getHold() != StandingHold.STOPPED
                && Math.abs(nowMillis - last.getAsOfMillis()) >= REPEAT.toMillis();
        return repeats || !of(study, last.getRevision(), last.getAsOfMillis()).equals(last);
    }

    /** Whether another writer's record hides the last one of this task. */
    private static boolean isOvertaken(Standing last, Standing seen) {
        return seen.getIncarnation() != last.getIncarnation() || isNewer(seen, last);
    }

    /**
     * Begins at the clock, so that a task that takes a study over is ahead of the one before, which counted single records; and is
     * after what is on the topic, so that neither a clock that was turned back nor another writer hides what is written.
     */
    private static long revision(Entry study, @Nullable Standing last, @Nullable Standing seen, long nowMillis) {
        long next = last == null ? nowMillis : last.getRevision() + 1;
        return seen != null && seen.getIncarnation() == study.incarnation() && seen.getRevision() - next >= 0
                ? seen.getRevision() + 1
                : next;
    }

    /** Whether one standing of an incarnation is newer than another. By their difference, which may wrap around. */
    static boolean isNewer(Standing one, Standing other) {
        return one.getRevision() - other.getRevision() > 0;
    }

    private static Standing of(Entry study, long revision, long asOfMillis) {
        OnlineState state = study.judged().state();
        Estimate duel = Estimate.ofDuel(state);
        return new Standing(
                study.name(),
                study.incarnation(),
                revision,
                asOfMillis,
                StandingHold.valueOf(state.hold().name()),
                state.explored(),
                state.settled(),
                state.waiting().size(),
                estimate(Estimate.ofChampion(state)),
                estimate(Estimate.ofControl(state)),
                trials(state),
                Math.max(0, state.trials().size() - MAX_TRIALS),
                duel == null ? null : estimate(duel),
                state.contest().proposedNumber());
    }

    private static List<ArmEstimate> trials(OnlineState state) {
        return Estimate.ofTrials(state, MAX_TRIALS).stream()
                .map(StandingRecords::estimate)
                .toList();
    }

    private static ArmEstimate estimate(Estimate of) {
        return new ArmEstimate(
                of.candidate(), of.exposures(), of.level(), of.standardError(), of.difference(), of.differenceError());
    }
}
