package io.afterlearner.feedback.shell.ripening;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.SliceTally;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StateJson;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The tallies of the slices of one task by assignment id. Each has one for as long as its exposure is tracked. */
final class SliceStore {
    static final String SLICES = "slices";

    private final StateJson<SliceTally> json = new StateJson<>(new TypeReference<>() {});
    private final KeyValueStore<String, byte[]> slices;

    SliceStore(ProcessorContext<?, ?> context) {
        slices = context.getStateStore(SLICES);
    }

    /** The tally of a slice, with the reports that came before the study's spec was known. */
    SliceTally of(String id, TrackedExposure slice, List<Attribution> attributions) {
        byte[] stored = slices.get(id);
        SliceTally tally = stored == null ? SliceTally.none(attributions) : json.decode(stored);
        for (Report early : slice.reports()) {
            tally = tally.has(early) ? tally : tally.plus(early, attributions);
        }
        return tally;
    }

    /** The totals of an exposure, of a slice or of a unit. */
    ExposureTotals totals(String id, TrackedExposure exposure, OnlineStudy study) {
        List<Attribution> attributions = study.attributions();
        return study.isSliced()
                ? of(id, exposure, attributions).totals(attributions)
                : Attribution.totals(attributions, exposure);
    }

    void put(String id, SliceTally tally) {
        slices.put(id, json.encode(tally));
    }

    /** Units have none, and a tombstone for each would cost more than looking. */
    void delete(String id) {
        if (slices.get(id) != null) {
            slices.delete(id);
        }
    }
}
