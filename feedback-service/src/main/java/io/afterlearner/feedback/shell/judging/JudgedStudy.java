package io.afterlearner.feedback.shell.judging;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.shell.StateJson;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stored state of a study.
 *
 * @param salt mixed into the hash of each unit
 * @param orders ids of the latest commands, at most {@link #MAX_ORDERS}: a redelivered command acts once
 */
record JudgedStudy(OnlineState state, String salt, List<String> orders) {
    static final StateJson<JudgedStudy> JSON = new StateJson<>(new TypeReference<>() {});
    private static final int MAX_ORDERS = 100;

    JudgedStudy {
        orders = List.copyOf(orders);
    }

    JudgedStudy with(OnlineState next) {
        return new JudgedStudy(next, salt, orders);
    }

    JudgedStudy ordered(String id) {
        List<String> all = Stream.concat(orders.stream(), Stream.of(id)).toList();
        return new JudgedStudy(state, salt, all.subList(Math.max(0, all.size() - MAX_ORDERS), all.size()));
    }
}
