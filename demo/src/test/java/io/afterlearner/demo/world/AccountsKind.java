package io.afterlearner.demo.world;

import io.afterlearner.feedback.core.judge.Pace;

/**
 * Accounts, what candidates change for them, and how it is measured.
 *
 * @param accounts 0: no account returns
 * @param visitsPerWindow of all accounts together
 * @param levels standard deviation of the accounts' log levels
 * @param lift relative gain of the best candidate; 0: all candidates are like the shipped model
 * @param season amplitude of levels and visits over a day, 0 to 1
 * @param winsorise share of the shipped model's values below the cap; 1: none
 * @param past whether values are adjusted by the accounts' past
 */
record AccountsKind(
        String name,
        int accounts,
        double visitsPerWindow,
        double levels,
        Goal goal,
        double lift,
        double season,
        int exposures,
        int budget,
        Pace pace,
        double winsorise,
        boolean past) {
    /** What is measured. */
    enum Goal {
        /** Whether an account converts. */
        RATE,
        /** How often an account converts in a horizon. */
        COUNT,
        /** What an account spends, log-normal. */
        REVENUE
    }

    AccountsKind(
            String name,
            int accounts,
            double visitsPerWindow,
            double levels,
            Goal goal,
            double lift,
            double season,
            int exposures,
            int budget,
            Pace pace,
            double winsorise) {
        this(name, accounts, visitsPerWindow, levels, goal, lift, season, exposures, budget, pace, winsorise, false);
    }

    /** The same world, with values adjusted by the accounts' past. */
    AccountsKind adjusted() {
        return with(", adjusted", lift, winsorise, true);
    }

    /** The same world, measured by a winsorised mean. */
    AccountsKind winsorised(double share) {
        return with(", winsorised at " + share, lift, share, past);
    }

    AccountsKind lifted(double by) {
        return with(", lift " + by, by, winsorise, past);
    }

    private AccountsKind with(String text, double other, double share, boolean adjusted) {
        return new AccountsKind(
                name + text,
                accounts,
                visitsPerWindow,
                levels,
                goal,
                other,
                season,
                exposures,
                budget,
                pace,
                share,
                adjusted);
    }
}
