package io.afterlearner.local.cli.serving;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.util.List;

/** What a study with one parameter serves: the shipped model, and no candidate. Changed last at 9 s. */
final class ServedArms {
    private ServedArms() {}

    static Arms.Builder in(ArmsState state) {
        return Arms.newBuilder()
                .setStudy("s")
                .setRevision(1)
                .setAtMillis(9_000)
                .setBy("feedback-service")
                .setReason("candidate 29 was scored")
                .setState(state)
                .setControlShare(0.1)
                .setExploreShare(0.2)
                .setWindowMillis(1)
                .setSliceMillis(0)
                .setSalt("salt")
                .setControl(new ArmValues(0L, List.of(0.0), 0L))
                .setChampion(new ArmValues(0L, List.of(0.0), 0L))
                .setSlots(List.of())
                .setPrevious(null);
    }
}
