package io.afterlearner.feedback.core.clients;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether an arm is also better without any one of the clients. Then the confidence of the comparison holds even if one
 * client reports what it likes. A client with most of the values is different: without it there is too little left to show a gain,
 * so only the estimate has to be better.
 *
 * @param pooled whether control is the opponent together with the champion, because both are the same
 */
public record ClientCheck(ClientSums clients, Comparison comparison, boolean pooled) {

    /** The values of all clients but one. */
    public record Rest(String without, Tally own, Tally opponent) {}

    /** What is left without the first client that the arm is not better without; null if there is none, or too few clients to tell. */
    public @Nullable Rest weakest() {
        if (!clients.canSpareOne()) {
            return null;
        }
        for (ClientSums.Sums one : clients.sums()) {
            Rest rest = without(one);
            boolean holds =
                    clients.isMajority(one) ? measuresBetter(rest) : comparison.isBetter(rest.own(), rest.opponent());
            if (!holds) {
                return rest;
            }
        }
        return null;
    }

    private Rest without(ClientSums.Sums one) {
        ClientSums.Sums others = clients.without(one);
        Tally opponent = pooled ? others.champion().plus(others.control()) : others.champion();
        return new Rest(one.client(), others.own(), opponent);
    }

    /** Whether the estimate is better, significant or not. */
    public boolean measuresBetter(Rest rest) {
        return comparison.loss(rest.own(), rest.opponent()) < 0;
    }
}
