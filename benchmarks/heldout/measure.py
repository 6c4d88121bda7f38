"""Medians of Nevergrad 1.0.12 on the held-out problems: python measure.py OUT.csv. Goes on where OUT.csv ends. Protocol as the reference's: ask
as many as there are workers, evaluate, tell, the last batch cut to the budget; the noise-free regret of recommend(); 11 seeds, where the
optimizer's is RandomState(1000 + seed), numpy's 2000 + seed, the noise's 3000 + seed. NGOpt and Cobyla may look at the budget, so each budget is a
run of its own; all others are judged on their way to the largest. Both are slow, NGOpt above 100 asks in particular, so, but for the first
settings, they are measured at the smallest of the budgets. Needs numpy below 2.4: NGOpt's model fails with later ones."""

import csv
import os
import sys
import time
import warnings

import nevergrad as ng
import numpy as np

from problems import problem

SEEDS = 11
SLOW = ("NGOpt", "Cobyla")
PLAIN = ["CMA", "DiagonalCMA", "OnePlusOne", "DE", "PSO", "TBPSA"]
ALONE = PLAIN + ["Cobyla"]
LINE = [name for name in ALONE if name != "DiagonalCMA"]  # which, once refused in one dimension, is refused in all that follow
NOISY = ["CMA", "DiagonalCMA", "OnePlusOne", "DE", "PSO", "TBPSA", "OptimisticNoisyOnePlusOne", "OptimisticDiscreteOnePlusOne"]
DISCRETE = ["DiscreteOnePlusOne", "DiscreteLenglerOnePlusOne", "DoubleFastGADiscreteOnePlusOne", "LognormalDiscreteOnePlusOne",
            "OptimisticDiscreteOnePlusOne"]
MIXED = DISCRETE + ["CMA", "DE", "OnePlusOne", "PSO"]

# (problem, dimension, workers, budgets, optimizers)
SETTINGS = [
    ("sphere(shift=5)", 1, 1, [50], LINE),
    ("rastrigin(shift=5)", 1, 1, [50, 100], LINE),
    ("rotatedellipsoid(shift=1)", 3, 1, [50, 100], ALONE),
    ("rotatedellipsoid(shift=1)", 10, 1, [100, 300], ALONE),
    ("rotatedcigar(shift=5)", 10, 1, [100, 300], ALONE),
    ("rotatedrosenbrock(shift=1)", 3, 1, [100, 300], ALONE),
    ("rotatedrosenbrock(shift=1)", 10, 1, [100, 300], ALONE),
    ("rotateddifferentpowers(shift=1)", 10, 1, [100, 300], ALONE),
    ("steps(shift=1)", 10, 1, [50, 100, 300], PLAIN),
    ("addnoiserosenbrock(level=10)", 10, 1, [100, 300], NOISY),
    ("knapsack(arity=2)", 40, 1, [100, 300], DISCRETE),
    ("ackley(shift=1)", 10, 1, [100, 300], ALONE),
    ("ackley(shift=0.1)", 20, 1, [50, 300], PLAIN),
    ("rotatedellipsoid(shift=1)", 10, 8, [100, 300], PLAIN),
    ("boxsphere(bound=2)", 10, 1, [50, 100], PLAIN),
    ("griewank(shift=5)", 10, 1, [100, 300], ALONE),
    ("flooredrosenbrock(shift=1)", 10, 1, [100, 300], PLAIN),
    ("mulnoiserotatedellipsoid(level=0.3)", 10, 1, [100, 300], NOISY),
    ("satisfaction(arity=2)", 50, 1, [100, 300], DISCRETE),
    ("levy(shift=5)", 3, 1, [50, 100], ALONE),
    ("levy(shift=1)", 20, 1, [100, 300], PLAIN),
    ("rotatedrosenbrock(shift=1)", 3, 8, [100, 300], PLAIN),
    ("boxrastrigin(bound=5)", 10, 1, [100, 300], PLAIN),
    ("styblinskitang(shift=1)", 10, 1, [100, 300], ALONE),
    ("decades(plain=0)", 6, 1, [50, 100], PLAIN),
    ("addnoiserastrigin(level=5)", 10, 1, [100, 300], NOISY),
    ("schwefel222(shift=1)", 10, 1, [100, 300], ALONE),
    ("errorrate(plain=0)", 50, 1, [100, 300], PLAIN),
    ("threshold(plain=0)", 10, 1, [50, 100, 300], PLAIN),
    ("integers(bound=1000)", 10, 1, [100, 300], MIXED),
    ("sphere(shift=0.1)", 100, 1, [100, 300], PLAIN),
    ("steps(shift=1)", 10, 8, [50, 100, 300], PLAIN),
    ("targets(arity=7)", 20, 1, [100, 300], DISCRETE),
    ("minibatch(level=50)", 20, 1, [100, 300], NOISY),
    ("doublesum(shift=1)", 20, 1, [100, 300], PLAIN),
    ("errorrate(plain=0)", 50, 8, [100, 300], PLAIN),
    ("schaffer(shift=1)", 10, 1, [100, 300], ALONE),
    ("sphere(shift=5)", 20, 8, [100, 300], PLAIN),
    ("mixed(plain=0)", 12, 1, [100, 300], MIXED),
    ("absolute(shift=5)", 100, 1, [300], PLAIN),
    ("errorrate(plain=0)", 10, 1, [50, 100], PLAIN),
    ("targets(arity=3)", 40, 1, [50, 100, 300], DISCRETE),
    ("absolute(shift=1)", 20, 1, [100, 300], PLAIN),
    ("ackley(shift=0.1)", 20, 8, [50, 300], PLAIN),
    ("addnoisesteps(level=1)", 10, 1, [100, 300], NOISY),
    ("rotatedrastrigin(shift=1)", 10, 1, [100, 300], ALONE),
    ("categories(arity=5)", 15, 1, [100, 300], DISCRETE),
    ("rosenbrock(shift=1)", 50, 1, [300], PLAIN),
    ("rotateddifferentpowers(shift=1)", 50, 1, [300], PLAIN),
    ("errorrate(plain=0)", 100, 1, [300], PLAIN),
    ("rastrigin(shift=0.1)", 50, 1, [300], PLAIN),
    ("sphere(shift=1)", 200, 1, [300], PLAIN),
    ("addnoiserosenbrock(level=10)", 10, 8, [100, 300], NOISY),
    ("knapsack(arity=2)", 40, 8, [100, 300], DISCRETE),
    ("ellipsoid(shift=1)", 100, 8, [300], PLAIN),
]


def parameters(space, argument, dimension):
    if space == "ordered":
        return ng.p.TransitionChoice(range(int(argument)), repetitions=dimension)
    if space == "unordered":
        return ng.p.Choice(range(int(argument)), repetitions=dimension)
    if space == "integers":
        return ng.p.Array(init=np.zeros(dimension), lower=-argument, upper=argument).set_integer_casting()
    if space == "box":
        return ng.p.Array(init=np.zeros(dimension), lower=-argument, upper=argument)
    if space == "decades":
        return ng.p.Tuple(*[ng.p.Log(init=0.1, lower=1e-4, upper=1e2) for _ in range(dimension)])
    if space == "mixed":
        third = dimension // 3
        return ng.p.Tuple(ng.p.Array(shape=(third,)),
                          ng.p.Array(init=10.0 * np.ones(third), lower=0, upper=20).set_integer_casting(),
                          ng.p.Choice(range(3), repetitions=third))
    return ng.p.Array(shape=(dimension,))


def flat(value):
    return np.concatenate([np.atleast_1d(np.asarray(v, dtype=float)) for v in value]) if isinstance(value, tuple) else np.asarray(value, dtype=float)


def regrets(optimizer, name, dimension, workers, budgets, seed):
    """At each of the budgets, ascending, of one run that is told the last as its budget."""
    made = problem(name, dimension, seed)
    space = parameters(made.space, made.argument, dimension)
    space.random_state = np.random.RandomState(1000 + seed)
    np.random.seed(2000 + seed)
    asked = ng.optimizers.registry[optimizer](parametrization=space, budget=budgets[-1], num_workers=workers)
    told, results = 0, []
    for budget in budgets:
        while told < budget:
            batch = [asked.ask() for _ in range(min(workers, budget - told))]
            for candidate in batch:
                asked.tell(candidate, float(made.loss(flat(candidate.value))))
            told += len(batch)
        results.append(float(made.regret(flat(asked.recommend().value))))
    return results


def measured(optimizer, name, dimension, workers, budgets):
    budgets = budgets[:1] if optimizer in SLOW else budgets
    table = np.array([regrets(optimizer, name, dimension, workers, budgets, seed) for seed in range(SEEDS)])
    rows = []
    for column, budget in enumerate(budgets):
        quartiles = [repr(float(q)) for q in np.percentile(table[:, column], [50, 25, 75])]
        rows.append([optimizer, name, dimension, workers, budget] + quartiles)
    return rows


def main(path):
    warnings.simplefilter("ignore")
    done = set()
    if os.path.exists(path):
        with open(path) as file:
            done = {(row[0], row[1], row[2], row[3]) for row in csv.reader(file)}
    else:
        with open(path, "w") as file:
            file.write("optimizer,problem,dimension,workers,budget,median,lowerQuartile,upperQuartile\n")
    todo = [(optimizer,) + setting[:4] for setting in SETTINGS for optimizer in setting[4] + ["NGOpt"]]
    for optimizer, name, dimension, workers, budgets in todo:
        if (optimizer, name, str(dimension), str(workers)) in done:
            continue
        start = time.process_time()
        try:
            rows = measured(optimizer, name, dimension, workers, budgets)
        except Exception as refusal:  # of a problem it is not made for
            print(f"{optimizer} {name} {dimension} {workers}: left out, {refusal!r}", flush=True)
            continue
        with open(path, "a") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        print(f"{optimizer} {name} {dimension} {workers}: {time.process_time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
