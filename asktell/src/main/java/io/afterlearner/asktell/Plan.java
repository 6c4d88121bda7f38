package io.afterlearner.asktell;

/**
 * What an algorithm is made for.
 *
 * @param budget how many asks this run is expected to get, at least 1
 * @param parallelism how many of them will be outstanding at once, at least 1
 * @param seed of the study; {@link Algorithm#sample} gets the generator of (seed, number)
 * @param run which of the runs side by side this one is, 0 to runs - 1
 * @param runs how many there are
 */
record Plan(Space space, long budget, int parallelism, long seed, int run, int runs) {

    /** How many asks this run had before ask {@code number}, ℵ₀ not counted: 0, 1, 2 and so on without gaps. */
    long turn(long number) {
        return Math.max(0, number - 1) / runs;
    }

    /** Randomness of the run as a whole: no ask has a number below 0. */
    Generator ownGenerator() {
        return new Generator(seed, -1L - run);
    }
}
