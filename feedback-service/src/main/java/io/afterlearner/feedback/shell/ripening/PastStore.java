package io.afterlearner.feedback.shell.ripening;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.UnitPast;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StateJson;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the units of one task did before, by what the ids of their assignments begin with; only of studies whose values are adjusted
 * by it. A unit that does not return is forgotten: the schedule of exposures has a time for each unit.
 */
final class PastStore {
    static final String PAST = "past";
    /** A unit that is away for so many horizons, but not longer than {@link #MOST_KEPT}, is forgotten. */
    private static final long HORIZONS_KEPT = 30;

    static final Duration MOST_KEPT = Duration.ofDays(90);

    private final StateJson<UnitPast> json = new StateJson<>(new TypeReference<>() {});
    private final KeyValueStore<String, byte[]> pasts;
    private final ExposureStore schedule;

    PastStore(ProcessorContext<?, ?> context, ExposureStore schedule) {
        pasts = context.getStateStore(PAST);
        this.schedule = schedule;
    }

    /** A new exposure with what its unit did before, if the study needs that. */
    TrackedExposure begun(String id, TrackedExposure fresh, @Nullable OnlineStudy study) {
        String unit = study == null || !study.isAdjusted() ? null : ExposureStore.unit(id);
        UnitPast past = unit == null ? null : find(unit);
        return past == null || !past.isOf(fresh) ? fresh : fresh.withPast(past.before(fresh.drawnAtMillis()));
    }

    /** Adds a counted exposure to its unit's past. */
    void ripened(String id, TrackedExposure exposure, OnlineStudy study, ExposureTotals totals) {
        String unit = study.isAdjusted() ? ExposureStore.unit(id) : null;
        if (unit == null || totals.goal().count() == 0) {
            return;
        }
        Moments value =
                study.attributions().get(0).metric().sample(totals.goal()).moments();
        UnitPast before = find(unit);
        boolean isNew = before == null;
        if (before == null || !before.isOf(exposure)) {
            before = UnitPast.none(exposure.study(), exposure.incarnation());
        }
        UnitPast after = before.plus(value.mean(), exposure.expiresAtMillis(), keptMillis(study));
        pasts.put(unit, json.encode(after));
        if (isNew) {
            schedule.remind(after.forgottenAtMillis(), unit);
        }
    }

    private static long keptMillis(OnlineStudy study) {
        return Math.min(HORIZONS_KEPT * JudgingPlans.horizonMillis(study.online()), MOST_KEPT.toMillis());
    }

    /** Deletes the past of a unit that did not return. The schedule has other times for other keys. */
    void due(String key, long nowMillis) {
        UnitPast past = key.endsWith("-") ? find(key) : null;
        if (past != null && past.forgottenAtMillis() <= nowMillis) {
            pasts.delete(key);
        } else if (past != null) {
            schedule.remind(past.forgottenAtMillis(), key);
        }
    }

    void forget(String unit) {
        pasts.delete(unit);
    }

    private @Nullable UnitPast find(String unit) {
        byte[] stored = pasts.get(unit);
        return stored == null ? null : json.decode(stored);
    }
}
