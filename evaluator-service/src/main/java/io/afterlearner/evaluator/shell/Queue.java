package io.afterlearner.evaluator.shell;

import io.afterlearner.schemas.Topics;

/**
 * What the evaluators of a pool take work from.
 *
 * @param group its share group
 */
record Queue(String topic, String group) {

    static Queue candidates(String pool) {
        return new Queue(Topics.candidates(pool), Topics.evaluators(pool));
    }

    static Queue verdicts(String pool) {
        return new Queue(Topics.verdictRequests(pool), Topics.PREFIX + "verdict-evaluators." + pool);
    }

    /** Its consumer group. It differs from the share group's name: one id cannot be both. */
    String classicGroup() {
        return group + ".classic";
    }
}
