package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Space;
import java.util.function.ToDoubleFunction;

/**
 * One instance of a problem.
 *
 * @param space what is searched
 * @param regret how much a point is worse than the best one, without noise; at least 0
 * @param loss what an optimizer is told of a point: the regret, with noise where the problem has it, drawn anew each time
 */
record Instance(Space space, ToDoubleFunction<double[]> regret, ToDoubleFunction<double[]> loss) {}
