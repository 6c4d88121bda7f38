package io.afterlearner.asktell.pareto;

import io.afterlearner.asktell.MultiObjective;
import io.afterlearner.asktell.MultiObjective.Trade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points that no other point dominates, in the order added. */
final class ParetoFront {

    private final List<Trade> trades = new ArrayList<>();

    void add(Trade news) {
        double[] losses = news.losses();
        if (trades.stream().anyMatch(kept -> isAsGood(kept.losses(), losses))) {
            return;
        }
        trades.removeIf(kept -> ParetoLayers.dominates(losses, kept.losses()));
        trades.add(news);
        if (trades.size() > MultiObjective.MAX_IN_FRONT) {
            trades.remove(
                    ParetoLayers.weakest(trades.stream().map(Trade::losses).toList()));
        }
    }

    private static boolean isAsGood(double[] one, double[] other) {
        return Arrays.equals(one, other) || ParetoLayers.dominates(one, other);
    }

    List<Trade> trades() {
        return List.copyOf(trades);
    }
}
