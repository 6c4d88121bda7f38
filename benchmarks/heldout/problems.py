"""The held-out problems, each reproducible in any language from numpy.random.RandomState alone. io.afterlearner.benchmarks.quality has them in
Java; check_vectors.csv, printed by `python problems.py`, keeps the two alike.

A problem is called kind(argument=value). All are minimised, and their minima are 0 (styblinskitang's to rounding).
"""

import csv
import math
import re
import sys

import numpy as np

EXAMPLES = 200  # of the error rates


def random(base, dimension, seed):
    return np.random.RandomState(base + 1000 * dimension + seed)


def optimum(dimension, seed):
    return random(200_000, dimension, seed).normal(0, 1, dimension)


def rotation(dimension, seed):
    """Gram-Schmidt, twice for orthogonality to the last bits, over the rows of a matrix of gaussians."""
    rows = random(500_000, dimension, seed).normal(0, 1, (dimension, dimension))
    for i in range(dimension):
        for _ in range(2):
            for j in range(i):
                rows[i] -= rows[i].dot(rows[j]) * rows[j]
        rows[i] /= math.sqrt(rows[i].dot(rows[i]))
    return rows


# Landscapes: functions of z, the distance from the optimum in each coordinate.


def sphere(z):
    return np.sum(z**2)


def cigar(z):
    return z[0] ** 2 + 1e6 * np.sum(z[1:] ** 2)


def ellipsoid(z):
    return np.sum(10 ** (6 * np.arange(len(z)) / max(1, len(z) - 1)) * z**2)


def rosenbrock(z):
    return np.sum(100 * (z[:-1] ** 2 - z[1:]) ** 2 + (z[:-1] - 1) ** 2)


def rastrigin(z):
    return 10 * (len(z) - np.sum(np.cos(2 * np.pi * z))) + np.sum(z**2)


def differentpowers(z):
    return np.sum(np.abs(z) ** (2 + 4 * np.arange(len(z)) / max(1, len(z) - 1)))


def ackley(z):
    waves = math.exp(np.mean(np.cos(2 * np.pi * z)))
    return max(0.0, 20 - 20 * math.exp(-0.2 * math.sqrt(np.mean(z**2))) + math.e - waves)


def griewank(z):
    y = 10 * z
    return max(0.0, 1 + np.sum(y**2) / 4000 - np.prod(np.cos(y / np.sqrt(np.arange(1, len(y) + 1)))))


def levy(z):
    v = z / 4  # the usual w is 1 + v
    inner = v[:-1] ** 2 * (1 + 10 * np.sin(np.pi * (1 + v[:-1]) + 1) ** 2)
    return np.sin(np.pi * v[0]) ** 2 + np.sum(inner) + v[-1] ** 2 * (1 + np.sin(2 * np.pi * v[-1]) ** 2)


def styblinskitang(z):
    x = z - 2.903534027771177
    return max(0.0, np.sum(x**4 - 16 * x**2 + 5 * x) / 2 + 39.166165703771405 * len(x))


def schwefel222(z):
    return np.sum(np.abs(z)) + np.prod(np.abs(z))


def absolute(z):
    return np.sum(np.abs(z))


def schaffer(z):
    s = np.sqrt(z[:-1] ** 2 + z[1:] ** 2)
    return np.mean(np.sqrt(s) * (1 + np.sin(50 * s**0.2) ** 2)) ** 2


def doublesum(z):
    return np.sum(np.cumsum(z) ** 2)


def steps(z):
    return np.sum(np.floor(np.abs(z) + 0.5) ** 2)


def flooredrosenbrock(z):
    return np.floor(rosenbrock(z))


LANDSCAPES = {f.__name__: f for f in (
    sphere, cigar, ellipsoid, rosenbrock, rastrigin, differentpowers, ackley, griewank, levy, styblinskitang, schwefel222, absolute, schaffer,
    doublesum, steps, flooredrosenbrock)}


class Problem:
    """regret(x) of a flat x, loss(x) with noise where there is some, and what kind of space x is of, with its size."""

    def __init__(self, regret, loss=None, space="reals", argument=0.0):
        self.regret, self.loss, self.space, self.argument = regret, loss or regret, space, argument


def landscape(kind, dimension, seed, shift):
    rotated = kind.startswith("rotated")
    function = LANDSCAPES[kind[len("rotated"):] if rotated else kind]
    target = shift * optimum(dimension, seed)
    if not rotated:
        return lambda x: function(x - target)
    matrix = rotation(dimension, seed)
    return lambda x: function(matrix.dot(x - target))


def classifier(dimension, seed):
    """Margins of a linear classifier on examples that another separates, moved from where averaging the first few of them put it."""
    source = random(800_000, dimension, seed)
    features = source.normal(0, 1, (EXAMPLES, dimension))
    signed = np.sign(features.dot(source.normal(0, 1, dimension)))[:, None] * features
    shipped = np.sum(signed[:dimension], axis=0)
    shipped *= math.sqrt(dimension / shipped.dot(shipped))
    return lambda x: signed.dot(shipped + 0.3 * x)


def errorrate(dimension, seed):
    margins = classifier(dimension, seed)
    return lambda x: np.mean(margins(x) <= 0)


def minibatch(dimension, seed, size, noise):
    margins = classifier(dimension, seed)
    return lambda x: np.mean(margins(x)[np.floor(EXAMPLES * noise.random_sample(size)).astype(int)] <= 0)


def threshold(dimension, seed):
    """Share of examples that a linear regression misses by more than 1."""
    source = random(800_000, dimension, seed)
    features = source.normal(0, 1, (EXAMPLES, dimension))
    right = source.normal(0, 1, dimension)
    return lambda x: np.mean(np.abs(features.dot(right - x)) > 1)


def knapsack(dimension, seed):
    """What the best load is worth more; of a load too heavy that, and what is too much."""
    source = random(800_000, dimension, seed)
    worth = 1 + np.floor(99 * source.random_sample(dimension))
    weight = 1 + np.floor(99 * source.random_sample(dimension))
    capacity = int(np.sum(weight) // 2)
    best = np.zeros(capacity + 1)
    for v, w in zip(worth, weight.astype(int)):
        if w <= capacity:
            best[w:] = np.maximum(best[w:], best[: capacity + 1 - w] + v)
    return lambda x: best[capacity] + (weight.dot(x) - capacity if weight.dot(x) > capacity else -worth.dot(x))


def satisfaction(dimension, seed):
    """Clauses left unsatisfied, of 4.2 a variable with three literals each; a planted assignment satisfies all."""
    source = random(800_000, dimension, seed)
    planted = np.floor(2 * source.random_sample(dimension))
    count = 42 * dimension // 10
    variables = np.floor(dimension * source.random_sample(3 * count)).astype(int).reshape(count, 3)
    signs = np.floor(2 * source.random_sample(3 * count)).reshape(count, 3)
    broken = ~np.any(planted[variables] == signs, axis=1)
    signs[broken, 0] = 1 - signs[broken, 0]
    return lambda x: np.sum(~np.any(x[variables] == signs, axis=1))


def targets(dimension, seed, arity):
    target = np.floor(arity * random(800_000, dimension, seed).random_sample(dimension))
    return lambda x: np.sum(x != target)


def integers(dimension, seed):
    target = np.floor(1001 * random(800_000, dimension, seed).random_sample(dimension)) - 500
    return lambda x: np.sum(np.abs(x - target))


def decades(dimension, seed):
    target = 4 * random(800_000, dimension, seed).random_sample(dimension) - 3
    return lambda x: np.sum((np.log10(x) - target) ** 2)


def boxsphere(dimension, seed, bound):
    target = 2 * optimum(dimension, seed)
    nearest = np.clip(target, -bound, bound)
    return lambda x: np.sum((x - nearest) * (x + nearest - 2 * target))


def boxrastrigin(dimension, seed, bound):
    target = 0.8 * bound * (2 * random(800_000, dimension, seed).random_sample(dimension) - 1)
    return lambda x: rastrigin(x - target)


def mixed(dimension, seed):
    """A third reals, a third integers, a third choices; a wrong choice makes a real matter three times as much."""
    third = dimension // 3
    source = random(800_000, dimension, seed)
    real = source.normal(0, 1, third)
    whole = np.floor(21 * source.random_sample(third))
    choice = np.floor(3 * source.random_sample(third))

    def regret(x):
        wrong = x[2 * third:] != choice
        return (np.sum((x[:third] - real) ** 2 * (1 + 2 * wrong)) + 0.1 * np.sum(np.abs(x[third: 2 * third] - whole))
                + np.sum(wrong))

    return regret


def problem(name, dimension, seed):
    kind, argument = re.fullmatch(r"(\w+)\(\w+=([0-9.]+)\)", name).groups()
    value = float(argument)
    noise = np.random.RandomState(3000 + seed)
    if kind.startswith("addnoise"):
        plain = landscape(kind[len("addnoise"):], dimension, seed, 1)
        return Problem(plain, lambda x: plain(x) + value * noise.normal())
    if kind.startswith("mulnoise"):
        plain = landscape(kind[len("mulnoise"):], dimension, seed, 1)
        return Problem(plain, lambda x: plain(x) * (1 + value * noise.normal()))
    if kind == "minibatch":
        return Problem(errorrate(dimension, seed), minibatch(dimension, seed, int(value), noise))
    if kind == "errorrate":
        return Problem(errorrate(dimension, seed))
    if kind == "threshold":
        return Problem(threshold(dimension, seed))
    if kind == "knapsack":
        return Problem(knapsack(dimension, seed), space="ordered", argument=value)
    if kind == "satisfaction":
        return Problem(satisfaction(dimension, seed), space="ordered", argument=value)
    if kind == "targets":
        return Problem(targets(dimension, seed, value), space="ordered", argument=value)
    if kind == "categories":
        return Problem(targets(dimension, seed, value), space="unordered", argument=value)
    if kind == "integers":
        return Problem(integers(dimension, seed), space="integers", argument=value)
    if kind == "decades":
        return Problem(decades(dimension, seed), space="decades")
    if kind == "boxsphere":
        return Problem(boxsphere(dimension, seed, value), space="box", argument=value)
    if kind == "boxrastrigin":
        return Problem(boxrastrigin(dimension, seed, value), space="box", argument=value)
    if kind == "mixed":
        return Problem(mixed(dimension, seed), space="mixed")
    return Problem(landscape(kind, dimension, seed, value))


def point(space, argument, dimension):
    """Where a check vector is taken: 2 sin(i + 1), and what of it the space holds."""
    i = np.arange(dimension)
    sines = 2 * np.sin(i + 1)
    choices = np.where((i >= 9) & (i % 3 == 0), i + 1, i)
    if space in ("ordered", "unordered"):
        return choices % argument
    if space == "integers":
        return np.floor(100 * sines)
    if space == "decades":
        return 10 ** (sines - 1)
    if space == "mixed":
        third = dimension // 3
        return np.concatenate([sines[:third], i[third: 2 * third] % 21, choices[2 * third:] % 3])
    return sines


def check_vectors(settings, out):
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["problem", "dimension", "seed", "value", "firstLoss"])
    for name, dimension in sorted({(s[0], s[1]) for s in settings}):
        for seed in (0, 7):
            checked = problem(name, dimension, seed)
            x = point(checked.space, checked.argument, dimension)
            writer.writerow([name, dimension, seed, repr(float(checked.regret(x))), repr(float(checked.loss(x)))])


if __name__ == "__main__":
    from measure import SETTINGS

    check_vectors(SETTINGS, sys.stdout)
