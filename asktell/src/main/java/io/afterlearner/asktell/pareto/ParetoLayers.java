package io.afterlearner.asktell.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ranks points with several losses: by dominance first, then by the room around them. */
final class ParetoLayers {

    private ParetoLayers() {}

    /** Whether one point is nowhere worse and somewhere better. */
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

    /** The layer of each point: 0 for the front, 1 for the front of the rest, and so on (Deb et al.: NSGA-II, 2002). */
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

    /** The points without a layer that no other such point dominates. */
    private static int[] layer(List<double[]> losses, int[] depths) {
        int[] open =
                IntStream.range(0, depths.length).filter(i -> depths[i] < 0).toArray();
        return Arrays.stream(open)
                .filter(i -> Arrays.stream(open).noneMatch(j -> dominates(losses.get(j), losses.get(i))))
                .toArray();
    }

    /**
     * The contribution of each of some non-dominated points. With two losses it is the hypervolume that only this point covers
     * (Beume, Naujoks, Emmerich: SMS-EMOA, European Journal of Operational Research 181, 2007), otherwise the crowding distance
     * of NSGA-II. Infinite for the extremes, 0 for all but the first of equal points.
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

    /** The distance to the next greater point with two losses, else between both neighbours. */
    private static double gap(List<double[]> losses, Integer[] order, int k, int objective, boolean two) {
        if (k == order.length - 1 || (!two && k == 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double below = losses.get(order[two ? k : k - 1])[objective];
        return losses.get(order[k + 1])[objective] - below;
    }

    /** The point to drop: in the deepest layer, the one with the least room; the last of equals. */
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
