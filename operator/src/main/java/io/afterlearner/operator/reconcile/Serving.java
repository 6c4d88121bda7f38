package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.services.Champions;
import org.jspecify.annotations.Nullable;

/**
 * Which candidate an online study serves.
 *
 * @param champion null if none is known
 */
record Serving(@Nullable Long champion, Condition condition) {
    /** The champion that was known last stays while the feedback service does not answer. */
    static Serving of(Champions.Answer answer, Observed before) {
        String problem = answer.problem();
        if (problem != null) {
            Condition unknown = Condition.of(Condition.SERVING, null, "FeedbackUnreachable", problem);
            boolean isNews = !answer.equals(Champions.Answer.NOT_YET);
            return new Serving(
                    before.champion(),
                    isNews ? unknown : before.condition(Condition.SERVING).orElse(unknown));
        }
        Champions.Served served = answer.served();
        if (served == null) {
            return new Serving(
                    null,
                    Condition.of(
                            Condition.SERVING,
                            false,
                            "NotBegun",
                            "the feedback service has not begun to serve the study"));
        }
        return new Serving(
                served.candidate(),
                Condition.of(Condition.SERVING, true, reason(served.state()), what(served.candidate())));
    }

    private static String reason(String state) {
        return switch (state) {
            case "EXPLORING" -> "Exploring";
            case "HOLDING" -> "Holding";
            case "REVERTED" -> "Reverted";
            default -> "Unknown";
        };
    }

    private static String what(long candidate) {
        return candidate == 0 ? "production serves the shipped model" : "production serves candidate " + candidate;
    }
}
