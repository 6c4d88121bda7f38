package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Space;
import java.util.function.ToDoubleFunction;

/**
 * One instance of a problem.
 *
 * @param space search space
 * @param regret how much worse a point is than the best one, without noise; at least 0
 * @param loss what an optimizer is told: the regret, plus noise if the problem has it, drawn anew for each call
 */
record Instance(Space space, ToDoubleFunction<double[]> regret, ToDoubleFunction<double[]> loss) {}
