package io.afterlearner.benchmarks.quality;

/**
 * The settings of one measured median.
 *
 * @param problem as in the reference table
 * @param dimension number of parameters
 * @param workers batch size: so many candidates are asked, evaluated and told in order; the last batch may be smaller
 * @param budget number of tells before the recommendation is judged
 */
public record Cell(String problem, int dimension, int workers, int budget) {

    /** Whether some parameters are not real. */
    boolean discrete() {
        return problem.contains("arity") || problem.startsWith("integers") || problem.startsWith("mixed");
    }

    boolean noisy() {
        return problem.contains("level");
    }

    /** Whether the cell is continuous and noise-free, with one worker. */
    boolean plain() {
        return workers == 1 && !noisy() && !discrete();
    }

    /** Whether {@code noise} or {@code noise(level=0.1)} selects this cell. */
    public boolean isOf(String name) {
        return problem.equals(name) || problem.startsWith(name + "(");
    }
}
