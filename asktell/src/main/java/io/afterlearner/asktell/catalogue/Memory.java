package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;

/**
 * How much memory an optimizer takes at most, computed before it is made. The unit is a vector of as many doubles as the space
 * has coordinates. {@code MemoryTest} compares it with what each algorithm takes.
 */
final class Memory {
    /** The best points told, of which each keeps its losses too. */
    private static final long BEST_POINTS = 64;
    /** Of each run: the maps between points and coordinates, means, paths. */
    private static final long BASE = 24;
    /** Of each run: the latest points asked. */
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
        // Beyond all limits the product is not exact, and does not overflow.
        return (long) (8.0 * (double) coordinates * (double) vectors + BYTES_PER_RUN * problem.runs());
    }

    /** @param points of the budget, as far as any algorithm keeps them */
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
