package io.afterlearner.demo.report;

/**
 * How much of the traffic met candidates. Which units do is decided by a hash of each, so the share scatters around the
 * stated one: by how many units there are, and by which of them came how often.
 *
 * @param stated of the units, as the study says
 * @param explored visits of units that met a candidate
 * @param visits all of them
 * @param units that come at random, above 0
 */
public record ExploredShare(double stated, double explored, double visits, double units) {

    public double share() {
        return visits == 0 ? 0 : explored / visits;
    }

    /** Of a share that is truly the stated one. */
    public double standardError() {
        return visits == 0 ? 0 : Math.sqrt(stated * (1 - stated) * (1 / visits + 1 / units));
    }

    /** Whether more was explored than chance explains: by three standard errors. */
    public boolean isOver() {
        return share() > stated + 3 * standardError();
    }
}
