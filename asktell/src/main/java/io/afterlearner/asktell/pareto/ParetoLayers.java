package io.afterlearner.asktell.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who is better where several losses count: dominance first, then how much room there is around a point. */
final class ParetoLayers {

    private ParetoLayers() {}

    /** Whether one is nowhere worse and somewhere better. */
    static boolean dominates(double[] one, double[] other) {
        boolean better = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] > other[i]) {
                return false;
            }
            better |= one[i] < other[i];
        }
        return better;
    }

    /** For each, how many layers must go before nothing dominates it: 0 for the front (Deb et al.: NSGA-II, 2002). */
    static int[] depths(List<double[]> losses) {
        int[] depths = new int[losses.size()];
        Arrays.fill(depths, -1);
        int placed = 0;
        for (int depth = 0; placed < depths.length; depth++) {
            int[] layer = layer(losses, depths);
            for (int member : layer) {
                depths[member] = depth;
            }
            placed += layer.length;
        }
        return depths;
    }

    /** Those without a depth that none without a depth dominates. */
    private static int[] layer(List<double[]> losses, int[] depths) {
        int[] open =
                IntStream.range(0, depths.length).filter(i -> depths[i] < 0).toArray();
        return Arrays.stream(open)
                .filter(i -> Arrays.stream(open).noneMatch(j -> dominates(losses.get(j), losses.get(i))))
                .toArray();
    }

    /**
     * How much of each among points that do not dominate each other would be missed. With two losses the hypervolume that
     * only it covers (Beume, Naujoks, Emmerich: SMS-EMOA, European Journal of Operational Research 181, 2007), with another
     * number the crowding distance of NSGA-II. Infinite for the extremes, 0 for all but the first of equals.
     */
    static double[] room(List<double[]> losses) {
        double[] room = new double[losses.size()];
        boolean two = !losses.isEmpty() && losses.get(0).length == 2;
        Arrays.fill(room, two ? 1 : 0);
        for (int objective = 0; !losses.isEmpty() && objective < losses.get(0).length; objective++) {
            int at = objective;
            Integer[] order = IntStream.range(0, room.length).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(i -> losses.get(i)[at]));
            double range = losses.get(order[order.length - 1])[at] - losses.get(order[0])[at];
            for (int k = 0; k < order.length; k++) {
                double gap = gap(losses, order, k, at, two) / (range > 0 ? range : 1);
                room[order[k]] = two ? room[order[k]] * gap : room[order[k]] + gap;
            }
        }
        for (int i = 0; i < room.length; i++) {
            double[] own = losses.get(i);
            boolean repeated = losses.subList(0, i).stream().anyMatch(other -> Arrays.equals(other, own));
            room[i] = repeated || Double.isNaN(room[i]) ? 0 : room[i];
        }
        return room;
    }

    /** To the next above where two losses count, else between both neighbours. */
    private static double gap(List<double[]> losses, Integer[] order, int k, int objective, boolean two) {
        if (k == order.length - 1 || (!two && k == 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double below = losses.get(order[two ? k : k - 1])[objective];
        return losses.get(order[k + 1])[objective] - below;
    }

    /** The one to go: of the deepest layer the one with the least room; of equals the last. */
    static int weakest(List<double[]> losses) {
        int[] depths = depths(losses);
        int deepest = Arrays.stream(depths).max().orElse(0);
        int[] layer = IntStream.range(0, depths.length)
                .filter(i -> depths[i] == deepest)
                .toArray();
        double[] room = room(Arrays.stream(layer).mapToObj(losses::get).toList());
        int weakest = layer.length - 1;
        for (int i = layer.length - 1; i >= 0; i--) {
            weakest = room[i] < room[weakest] ? i : weakest;
        }
        return layer[weakest];
    }
}
