package io.afterlearner.schemas;

import java.util.List;

/** Sample records of online studies. */
final class OnlineSamples {
    private OnlineSamples() {}

    static Arms arms() {
        return new Arms(
                "shop-3f2a91bc",
                4L,
                1_700_000_000_048L,
                "feedback",
                "candidate 7 is better than 0",
                ArmsState.EXPLORING,
                0.1,
                0.2,
                1_800_000L,
                60_000L,
                "shop",
                new ArmValues(0L, List.of(0.0), 1_700_000_000_000L),
                new ArmValues(7L, List.of(0.25), 1_700_000_000_048L),
                List.of(new ArmValues(9L, List.of(0.5), 1_700_000_000_040L), new ArmValues(-1L, List.of(), 0L)),
                42L,
                86_400_000L,
                new ArmValues(3L, List.of(0.125), 1_700_000_000_020L),
                0.25,
                List.of(new ArmsGroup("head.weight{0:1}", 1, List.of())),
                List.of("click", "latency"));
    }

    static ArmsChange change() {
        return new ArmsChange(
                "shop-3f2a91bc",
                4L,
                1_700_000_000_048L,
                "feedback",
                ArmsAction.PROMOTE,
                "better by 0.02 [0.01, 0.03]",
                0L,
                List.of(0.0),
                7L,
                List.of(0.25),
                42L);
    }

    static Standing standing() {
        return new Standing(
                "shop-3f2a91bc",
                42L,
                1_700_000_000_051L,
                1_700_000_000_052L,
                StandingHold.PAUSED,
                900L,
                6L,
                2,
                new ArmEstimate(7L, 400L, 0.25, 0.02, 0.05, 0.03),
                new ArmEstimate(0L, 390L, 0.2, 0.02, null, null),
                List.of(new ArmEstimate(9L, 120L, null, null, null, null)),
                3,
                new ArmEstimate(8L, 200L, 0.3, 0.04, 0.1, 0.05),
                8L);
    }
}
