package io.afterlearner.schemas;

/** Rules for candidates that are told before their attribution windows are over. */
final class EarlyRules {
    private static final String FIELD = "online.tellAfterMillis";

    private EarlyRules() {}

    static void check(OnlineSpec online) {
        long early = online.getTellAfterMillis();
        if (early == 0) {
            return;
        }
        OnlineRules.require(
                early >= OnlineRules.MIN_WINDOW_MILLIS && early < online.getWindowMillis(),
                FIELD,
                "must be at least " + OnlineRules.MIN_WINDOW_MILLIS + " and below the attribution window of "
                        + online.getWindowMillis() + " ms, not " + early,
                "remove it to wait for the whole window");
        OnlineRules.require(
                online.getSliceMillis() == 0,
                FIELD,
                "is for units, whose reports come late; the value of a slice is known when it ends",
                "remove it");
        Metric metric = online.getMetric();
        OnlineRules.require(
                metric.getWinsorise() == WinsoriseRules.OFF && metric.getCovariate() == Covariate.NONE,
                FIELD,
                "cannot be combined with winsorise or covariate: both need values of whole windows before the first candidate",
                "remove it, or these");
    }
}
