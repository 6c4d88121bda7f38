package io.afterlearner.client;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.util.ArrayList;
import java.util.List;

/** Arms for tests: 10 % control, 40 % exploring in some slots. */
final class Studies {
    static final String STUDY = "shop-1a2b3c4d";
    static final long WINDOW_MILLIS = 60_000;

    static final UnitKey KEY = new UnitKey("a unit key of the test's");

    private Studies() {}

    static Tokens tokens(String... secrets) {
        return new Tokens(Secrets.of("secrets", List.of(secrets)));
    }

    /** @param slots the candidate in each; -1 for none */
    static Arms arms(ArmsState state, long champion, long... slots) {
        return sliced(state, 0, champion, slots);
    }

    static Arms sliced(ArmsState state, long sliceMillis, long champion, long... slots) {
        List<ArmValues> explored = new ArrayList<>();
        for (long number : slots) {
            explored.add(new ArmValues(number, number < 0 ? List.of() : List.of((double) number), 1L));
        }
        return new Arms(
                STUDY,
                1L,
                1L,
                "test",
                "because",
                state,
                0.1,
                0.4,
                WINDOW_MILLIS,
                sliceMillis,
                "salt",
                new ArmValues(0L, List.of(0.0), 1L),
                new ArmValues(champion, List.of((double) champion), 1L),
                explored,
                42L,
                WINDOW_MILLIS,
                null,
                1.0,
                List.of(),
                List.of());
    }
}
