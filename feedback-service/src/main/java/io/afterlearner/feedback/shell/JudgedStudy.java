package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.judge.OnlineState;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of a study that is judged.
 *
 * @param salt mixed into the hash of each unit
 * @param orders ids of the commands carried out last, at most {@link #MOST_ORDERS}: the same twice acts once
 */
record JudgedStudy(OnlineState state, String salt, List<String> orders) {
    static final StateJson<JudgedStudy> JSON = new StateJson<>(new TypeReference<>() {});
    private static final int MOST_ORDERS = 100;

    JudgedStudy {
        orders = List.copyOf(orders);
    }

    JudgedStudy with(OnlineState next) {
        return new JudgedStudy(next, salt, orders);
    }

    JudgedStudy ordered(String id) {
        List<String> all = Stream.concat(orders.stream(), Stream.of(id)).toList();
        return new JudgedStudy(state, salt, all.subList(Math.max(0, all.size() - MOST_ORDERS), all.size()));
    }
}
