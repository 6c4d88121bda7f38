package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;

/**
 * Computes an upper bound of the memory of an optimizer before it is created. The unit is a vector with one double per
 * coordinate of the space. {@code MemoryTest} compares the bound with the memory that each algorithm takes.
 */
final class Memory {
    /** The best points told; each also keeps its losses. */
    private static final long BEST_POINTS = 64;
    /** Per run: the maps between points and coordinates, means, paths. */
    private static final long BASE = 24;
    /** Per run: the latest points asked. */
    private static final long ASKED = 64;

    private static final double BYTES_PER_RUN = 16 << 10;

    private Memory() {}

    /** One per number, one per option of an unordered choice, as in {@code Latent}. */
    static long coordinates(Space space) {
        return space.parameters().stream()
                .mapToLong(p -> p instanceof Parameter.Choice choice && !choice.ordered() ? choice.options() : 1)
                .sum();
    }

    /** @param algorithm a title of the catalogue */
    static long bytes(String algorithm, Problem problem) {
        long coordinates = coordinates(problem.space());
        long perRun = BASE + ASKED + extra(algorithm, Math.min(problem.budgetEach(), 1_000), coordinates);
        long vectors = problem.parallelism() + BEST_POINTS + problem.runs() * perRun;
        // Doubles do not overflow; above all limits the product need not be exact.
        return (long) (8.0 * (double) coordinates * (double) vectors + BYTES_PER_RUN * problem.runs());
    }

    /** @param points number of points of the budget, up to the most that any algorithm keeps */
    private static long extra(String algorithm, long points, long coordinates) {
        long logarithm = 4 + (long) (3 * StrictMath.log((double) coordinates));
        return switch (algorithm) {
            case "ScrHammersleySearch" -> 64;
            case "SobolSearch" -> 80;
            case "OptimisticDiscreteOnePlusOne", "OptimisticNoisyOnePlusOne" -> 64;
            case "ScreenedOnePlusOne" -> 3 * Math.min(points, 240);
            case "DE", "TwoPointsDE" -> 120;
            case "PSO" -> 4 * (10 + 2 * (long) Math.sqrt((double) coordinates));
            case "EDA" -> 300;
            case "TBPSA" -> 2 * Math.min(1_000, Math.max(logarithm, 4_000_000 / coordinates));
            case "DiagonalCMA" -> 4 * logarithm;
            case "LMMAES" -> 6 * logarithm;
            case "CMA" -> 4 * logarithm + 2 * coordinates;
            case "CMAWithRestarts" -> 2 * points + 4 * logarithm + 4 * coordinates;
            case "BO" -> 3 * Math.min(points, 300) + 2 * 300 * 300 / coordinates;
            case "Adaptive", "QuadraticRegression", "TrustRegion" -> 3 * points + 16 * coordinates;
            default -> 0;
        };
    }
}
