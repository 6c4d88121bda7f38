package io.afterlearner.demo.online;

import io.afterlearner.demo.report.ExploredShare;
import io.afterlearner.demo.report.OnlineResult;
import io.afterlearner.demo.report.OnlineResult.Harm;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.demo.world.Catalogue;
import io.afterlearner.demo.world.Ranker;
import io.afterlearner.demo.world.Tally;
import io.afterlearner.demo.world.Truth;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Combines what the study measured with what only the simulator knows. */
final class OnlineFindings {
    private static final Set<TrialEventType> ENDED = Set.of(TrialEventType.TOLD, TrialEventType.FAILED);

    private final Ranker ranker;
    private final Truth[] truths;
    private final long seed;
    private final StudySpec spec;
    private final OnlineWatch watch;
    private final double limit;

    OnlineFindings(Ranker ranker, Catalogue catalogue, long seed, StudySpec spec, OnlineWatch watch) {
        this.ranker = ranker;
        this.seed = seed;
        this.spec = spec;
        this.watch = watch;
        truths = new Truth[] {new Truth(ranker, catalogue, seed, false), new Truth(ranker, catalogue, seed, true)};
        limit = spec.getOnline().getGuardrails().get(0).getLimit();
    }

    /** @param began ℵ of the champion at the beginning of the phase */
    private Phase phase(boolean drifted, double[] began, OnlineCourse.Seen seen) {
        Truth truth = truths[drifted ? 1 : 0];
        double[] values = array(seen.values());
        return new Phase(
                seen.champion(),
                seen.lift(),
                seen.liftError(),
                truth.reward(ranker.shipped()),
                truth.reward(began),
                truth.reward(values),
                truth.reward(truth.best(limit)),
                truth.latencyRatio(values));
    }

    OnlineResult result(OnlineCourse course) {
        List<TrialEvent> trials = course.trials();
        List<ArmsChange> audit = course.audit();
        Double driftedAt = course.driftedAt();
        OnlineCourse.Seen before = course.before();
        OnlineCourse.Seen after = course.after();
        List<Met> met = met(trials, driftedAt);
        Tally tally = watch.rewards().tally();
        return new OnlineResult(
                spec.getStudy(),
                seed,
                watch.rewards().begunAtMillis(),
                watch.revertedSeconds(),
                count(trials, TrialEventType.TOLD),
                count(trials, TrialEventType.FAILED),
                limit,
                met.stream().flatMap(m -> m.stopped().stream()).toList(),
                watch.explored(),
                new ExploredShare(
                        spec.getOnline().getExploreShare(),
                        tally.of("EXPLORE").visits(),
                        tally.of("").visits(),
                        tally.users()),
                harm(met),
                course.streams(),
                course.revert(),
                audit.stream()
                        .filter(c -> c.getAction() == ArmsAction.PROMOTE)
                        .filter(c -> truths[0].latencyRatio(array(c.getToValues())) > limit)
                        .count(),
                phase(false, ranker.shipped(), before),
                driftedAt,
                after == null ? null : phase(true, array(before.values()), after),
                audit,
                watch.rewards().samples());
    }

    private static long count(List<TrialEvent> trials, TrialEventType type) {
        return trials.stream().filter(e -> e.getType() == type).count();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * A candidate that users met and that was told or stopped.
     *
     * @param gainTold measured clicks per page minus those of control; 0 if it was not told
     * @param gainTrue true clicks per page minus those of ℵ₀
     */
    private record Met(
            long exposures, double gainTold, double gainTrue, double latencyRatio, Optional<Stopped> stopped) {}

    private List<Met> met(List<TrialEvent> trials, @Nullable Double driftedAt) {
        long driftMillis =
                driftedAt == null ? Long.MAX_VALUE : watch.rewards().begunAtMillis() + Math.round(1_000 * driftedAt);
        Map<Long, double[]> values = new HashMap<>();
        List<Met> met = new ArrayList<>();
        for (TrialEvent event : trials) {
            double[] asked = values.get(event.getNumber());
            if (event.getType() == TrialEventType.ASKED) {
                values.put(event.getNumber(), array(event.getValues()));
            } else if (asked != null && ENDED.contains(event.getType())) {
                met.add(met(event, asked, truths[event.getAtMillis() >= driftMillis ? 1 : 0]));
            }
        }
        return met;
    }

    private Met met(TrialEvent event, double[] values, Truth truth) {
        boolean told = event.getType() == TrialEventType.TOLD;
        double ratio = truth.latencyRatio(values);
        double seconds = (event.getAtMillis() - watch.rewards().begunAtMillis()) / 1e3;
        Optional<Stopped> stopped =
                Stopped.guardrail(event).map(guardrail -> new Stopped(event.getNumber(), seconds, guardrail, ratio));
        long exposures = told
                ? event.getExamples()
                : stopped.map(one -> one.guardrail().getValues()).orElse(0L);
        double gain = truth.reward(values) - truth.reward(ranker.shipped());
        double gainTold = told ? -Objects.requireNonNullElse(event.getLoss(), 0.0) : 0;
        return new Met(exposures, gainTold, gain, ratio, stopped);
    }

    private Harm harm(List<Met> met) {
        List<Met> worse = met.stream().filter(m -> m.gainTrue() < 0).toList();
        List<Met> breaking = met.stream().filter(m -> m.latencyRatio() > limit).toList();
        return new Harm(
                worse.size(),
                worse.stream().mapToDouble(m -> -m.gainTrue() * m.exposures()).sum(),
                met.stream().mapToDouble(m -> m.gainTold() * m.exposures()).sum(),
                watch.rewards().tally().gained(),
                breaking.size(),
                breaking.stream().mapToLong(Met::exposures).sum());
    }
}
