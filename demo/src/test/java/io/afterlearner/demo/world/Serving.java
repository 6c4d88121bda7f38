package io.afterlearner.demo.world;

import io.afterlearner.client.Served;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;

/** Converts the state of the judge to the record from which units are assigned. */
final class Serving {
    private Serving() {}

    static Served of(OnlineState state, long horizonMillis, String salt) {
        var serving = state.serving();
        return new Served(Arms.newBuilder()
                .setStudy("study")
                .setRevision(serving.revision())
                .setAtMillis(state.atMillis())
                .setBy("judge")
                .setReason("")
                .setState(ArmsState.valueOf(serving.state().name()))
                .setControlShare(state.plan().controlShare())
                .setExploreShare(state.plan().exploreShare())
                .setWindowMillis(state.plan().windowMillis())
                .setSliceMillis(0)
                .setSalt(salt)
                .setControl(values(serving.control()))
                .setChampion(values(serving.champion()))
                .setSlots(serving.slots().stream().map(Serving::values).toList())
                .setHorizonMillis(horizonMillis)
                .setPrevious(serving.isRamping() ? values(serving.previous()) : null)
                .setRampShare(serving.rampShare())
                .build());
    }

    private static ArmValues values(io.afterlearner.feedback.core.judge.ArmValues arm) {
        return new ArmValues(arm.number(), arm.values(), arm.sinceMillis());
    }
}
