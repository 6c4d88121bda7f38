package io.afterlearner.benchmarks.quality;

/**
 * What a median is measured of.
 *
 * @param problem as the reference table spells it
 * @param dimension how many parameters
 * @param workers so many are asked, evaluated and told in order, then the next so many; the last batch may be smaller
 * @param budget how many are told before the recommendation is judged
 */
public record Cell(String problem, int dimension, int workers, int budget) {

    /** Whether some parameters are no reals. */
    boolean discrete() {
        return problem.contains("arity") || problem.startsWith("integers") || problem.startsWith("mixed");
    }

    boolean noisy() {
        return problem.contains("level");
    }

    /** Continuous and noise-free, one worker. */
    boolean plain() {
        return workers == 1 && !noisy() && !discrete();
    }

    /** Whether a user who says {@code noise} or {@code noise(level=0.1)} means this cell. */
    public boolean isOf(String name) {
        return problem.equals(name) || problem.startsWith(name + "(");
    }
}
