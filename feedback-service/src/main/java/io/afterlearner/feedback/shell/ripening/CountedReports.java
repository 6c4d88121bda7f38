package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.SliceTally;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StudyCounters.Fate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Counts reports of known exposures. A report that comes after its exposure was counted corrects that.
 *
 * @param forward takes corrections, by study
 */
record CountedReports(ExposureStore tracked, SliceStore slices, BiConsumer<String, List<RipenedExposures>> forward) {

    /** @param client whose token the report has */
    Fate count(String id, TrackedExposure before, Report fresh, String client, Optional<OnlineStudy> study) {
        return study.filter(OnlineStudy::isSliced)
                .map(sliced -> inSlice(id, before, fresh, sliced.attributions()))
                .orElseGet(() -> ofUnit(id, before, fresh, client, study));
    }

    private Fate ofUnit(String id, TrackedExposure before, Report fresh, String client, Optional<OnlineStudy> study) {
        if (before.has(fresh.id(), fresh.metric())) {
            return Fate.DUPLICATE;
        } else if (before.isFull()) {
            return Fate.FLOOD;
        } else if (!before.client().equals(client)) {
            return Fate.OTHER_CLIENT;
        }
        TrackedExposure after = before.plus(fresh);
        tracked.put(id, after);
        if (before.isRipe()) {
            study.ifPresent(known -> correct(before, Attribution.correction(known.attributions(), before, after)));
        }
        return before.isRipe() ? Fate.LATE : Fate.COUNTED;
    }

    /** A slice is shared by all, so its token has no client. */
    private Fate inSlice(String id, TrackedExposure slice, Report fresh, List<Attribution> attributions) {
        SliceTally before = slices.of(id, slice, attributions);
        if (before.has(fresh)) {
            return Fate.DUPLICATE;
        }
        SliceTally after = before.plus(fresh, attributions);
        slices.put(id, after);
        if (!slice.reports().isEmpty()) {
            tracked.put(id, slice.withoutReports());
        }
        if (slice.isRipe()) {
            correct(slice, after.totals(attributions).minus(before.totals(attributions)));
        }
        return slice.isRipe() ? Fate.LATE : Fate.COUNTED;
    }

    private void correct(TrackedExposure exposure, ExposureTotals by) {
        forward.accept(exposure.study(), List.of(RipenedExposures.of(exposure, exposure.countedAsOfMillis(), by)));
    }
}
