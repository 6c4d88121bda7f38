package io.afterlearner.demo.report;

/**
 * The share of visits that were served a candidate. A hash of the unit decides this, so the share varies around the
 * configured one with the number of units and with how often each unit visits.
 *
 * @param stated configured share of the units
 * @param explored visits that were served a candidate
 * @param visits all visits
 * @param units number of units that visit at random, above 0
 */
public record ExploredShare(double stated, double explored, double visits, double units) {

    public double share() {
        return visits == 0 ? 0 : explored / visits;
    }

    /** Standard error of the share if the stated one is true. */
    public double standardError() {
        return visits == 0 ? 0 : Math.sqrt(stated * (1 - stated) * (1 / visits + 1 / units));
    }
}
