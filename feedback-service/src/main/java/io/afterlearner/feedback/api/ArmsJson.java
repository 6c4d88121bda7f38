package io.afterlearner.feedback.api;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import java.util.List;

/** Who meets what: the record of arms. */
public record ArmsJson(
        String study,
        long revision,
        long atMillis,
        String by,
        String reason,
        String state,
        double controlShare,
        double exploreShare,
        long windowMillis,
        long sliceMillis,
        Values control,
        Values champion,
        List<Values> slots) {

    /** A candidate that units meet; -1 is none. */
    public record Values(long number, List<Double> values, long sinceMillis) {
        static Values of(ArmValues arm) {
            return new Values(arm.getNumber(), arm.getValues(), arm.getSinceMillis());
        }
    }

    /** What production uses. */
    public record Champion(
            String study,
            long revision,
            String state,
            long candidate,
            List<Double> values,
            long sinceMillis,
            String reason) {
        static Champion of(Arms a) {
            ArmValues c = a.getChampion();
            return new Champion(
                    a.getStudy(),
                    a.getRevision(),
                    a.getState().name(),
                    c.getNumber(),
                    c.getValues(),
                    c.getSinceMillis(),
                    a.getReason());
        }
    }

    static ArmsJson of(Arms a) {
        return new ArmsJson(
                a.getStudy(),
                a.getRevision(),
                a.getAtMillis(),
                a.getBy(),
                a.getReason(),
                a.getState().name(),
                a.getControlShare(),
                a.getExploreShare(),
                a.getWindowMillis(),
                a.getSliceMillis(),
                Values.of(a.getControl()),
                Values.of(a.getChampion()),
                a.getSlots().stream().map(Values::of).toList());
    }
}
