package io.afterlearner.asktell.preference;

import io.afterlearner.asktell.Interactive;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.FeasibleRegion;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.preference.PreferenceModel.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Fits a {@link PreferenceModel} to the comparisons, and shows points with a high expected utility or in unknown regions. The
 * weight between both is drawn for each ask, so that several points shown at once differ.
 */
public final class PreferenceSearch implements Interactive {

    private static final int CANDIDATES = 60;
    private static final int GLOBAL = 15;
    private static final double MIN_LOG_MOVE = StrictMath.log(0.05);

    private record Shown(long number, double[] point, double[] coordinates) {}

    private record Preferred(long better, long worse) {}

    private final Space space;
    private final Latent latent;
    private final FeasibleRegion region;
    private final long seed;
    private final List<Shown> shown = new ArrayList<>();
    private final List<Preferred> preferences = new ArrayList<>();
    private PreferenceModel model = PreferenceModel.of(List.of(), List.of());
    private double[] recommended;

    public PreferenceSearch(Problem problem) {
        if (problem.constraints() > 0) {
            throw new IllegalArgumentException("constraints is " + problem.constraints()
                    + ", but a comparison has no constraint values; use a predicate instead");
        }
        space = problem.space();
        seed = problem.seed();
        region = new FeasibleRegion(problem);
        latent = new Latent(space);
        recommended = space.initial();
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double[] propose(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + ": negative; give 0 or more");
        }
        return number == 0 ? space.initial() : promising(new Generator(seed, number));
    }

    private double[] promising(Generator random) {
        double curiosity = Math.abs(random.gaussian());
        double[] best = somewhere(random);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES && !preferences.isEmpty(); i++) {
            double[] candidate = i < GLOBAL ? somewhere(random) : near(random);
            double[] coordinates = latent.encode(candidate);
            double promise = model.utility(coordinates) + curiosity * model.doubt(coordinates);
            if (promise > highest) {
                highest = promise;
                best = candidate;
            }
        }
        return best;
    }

    private double[] somewhere(Generator random) {
        return region.sample(() -> latent.decode(random.gaussians(latent.dimension())), random, recommended);
    }

    private double[] near(Generator random) {
        return region.sample(() -> moved(random), random, recommended);
    }

    private double[] moved(Generator random) {
        double[] coordinates = latent.encode(recommended);
        double size = StrictMath.exp(random.uniform() * MIN_LOG_MOVE);
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] += size * random.gaussian();
        }
        return latent.decodeShaken(coordinates, random);
    }

    @Override
    public void asked(long number, double[] point) {
        region.check(point);
        if (number < 0 || find(number) >= 0) {
            throw new IllegalArgumentException("number " + number + ": negative or already shown; ask another");
        }
        shown.add(new Shown(number, point.clone(), latent.encode(point)));
        if (shown.size() > MAX_SHOWN) {
            forget(Arrays.equals(shown.get(0).point(), recommended) ? 1 : 0);
        }
        learn();
    }

    private void forget(int at) {
        long number = shown.remove(at).number();
        preferences.removeIf(preferred -> preferred.better() == number || preferred.worse() == number);
    }

    @Override
    public void best(long best, List<Long> among) {
        check(among);
        if (!among.contains(best)) {
            throw new IllegalArgumentException(
                    "best is " + best + ", which is not one of " + among + "; give one of them");
        }
        among.stream().filter(other -> other != best).forEach(other -> prefer(best, other));
        learn();
    }

    @Override
    public void ranked(List<Long> bestFirst) {
        check(bestFirst);
        for (int i = 1; i < bestFirst.size(); i++) {
            prefer(bestFirst.get(i - 1), bestFirst.get(i));
        }
        learn();
    }

    private void check(List<Long> numbers) {
        if (numbers.size() < 2 || new HashSet<>(numbers).size() < numbers.size()) {
            throw new IllegalArgumentException("cannot compare " + numbers + "; give two numbers or more, each once");
        }
        for (long number : numbers) {
            if (find(number) < 0) {
                throw new IllegalArgumentException(
                        "number " + number + ": not among the last " + MAX_SHOWN + " shown; ask for it first");
            }
        }
    }

    private void prefer(long better, long worse) {
        preferences.add(new Preferred(better, worse));
        if (preferences.size() > MAX_COMPARISONS) {
            preferences.remove(0);
        }
    }

    private int find(long number) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).number() == number) {
                return i;
            }
        }
        return -1;
    }

    private void learn() {
        List<Comparison> comparisons = preferences.stream()
                .map(preferred -> new Comparison(find(preferred.better()), find(preferred.worse())))
                .toList();
        model = PreferenceModel.of(shown.stream().map(Shown::coordinates).toList(), comparisons);
        double highest = Double.NEGATIVE_INFINITY;
        for (Comparison comparison : comparisons) {
            for (int at : new int[] {comparison.better(), comparison.worse()}) {
                double utility = model.utility(shown.get(at).coordinates());
                if (utility > highest) {
                    highest = utility;
                    recommended = shown.get(at).point();
                }
            }
        }
    }

    @Override
    public double[] recommend() {
        return recommended.clone();
    }
}
