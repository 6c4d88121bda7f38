package io.afterlearner.demo.world;

import io.afterlearner.demo.world.AccountsKind.Goal;

/** The true level of an arm in an AccountsWorld without a season, and without the metric's bounds. */
final class ExpectedLevel {
    private ExpectedLevel() {}

    /**
     * Expected value of an exposure to a candidate with this effect. Visits of an account in one horizon are Poisson-distributed; with
     * at least one there is an exposure.
     */
    static double of(AccountsWorld world, double effect) {
        AccountsKind kind = world.kind;
        if (kind.accounts() == 0) {
            return ofVisit(kind.goal(), 0.5 * kind.levels() * kind.levels(), effect);
        }
        double all = world.busy[world.busy.length - 1];
        double sum = 0;
        double exposures = 0;
        for (int i = 0; i < world.levels.length; i++) {
            double share = (world.busy[i] - (i == 0 ? 0 : world.busy[i - 1])) / all;
            double visits = share * kind.visitsPerWindow();
            double value = ofVisit(kind.goal(), world.levels[i], effect);
            sum += kind.goal() == Goal.RATE ? -StrictMath.expm1(-visits * Math.min(0.95, value)) : visits * value;
            exposures -= StrictMath.expm1(-visits);
        }
        return sum / exposures;
    }

    private static double ofVisit(Goal goal, double level, double effect) {
        double spent = goal == Goal.REVENUE ? StrictMath.exp(0.5 * AccountsWorld.SPENDING * AccountsWorld.SPENDING) : 1;
        return AccountsWorld.RATE * StrictMath.exp(level) * (1 + effect) * spent;
    }
}
