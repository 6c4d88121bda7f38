package io.afterlearner.feedback.core.clients;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the units of each client contribute to a measurement. A client may report what it likes about the units that it asks for,
 * so no promotion may rest on one of them.
 *
 * @param kept whether sums are kept: only for measurements that a promotion needs
 * @param sums of at most {@link #MAX_NAMED} clients, in the order in which they came, and of all others together
 */
public record ClientSums(boolean kept, List<Sums> sums) {
    public static final ClientSums NOT_KEPT = new ClientSums(false, List.of());
    public static final ClientSums KEPT = new ClientSums(true, List.of());

    public static final int MAX_NAMED = 8;
    /** With fewer clients nobody can tell which of them is wrong. */
    static final int LEAST_CLIENTS = 3;
    /** A client with a smaller share of the values does not make one of them. */
    static final double LEAST_SHARE = 0.05;
    /** The name of all clients after the first {@link #MAX_NAMED}. */
    public static final String OTHERS = "(others)";

    /** Values of the metric to improve, of one client's units, by what they were served. */
    public record Sums(String client, Tally own, Tally control, Tally champion) {

        private static Sums none(String client) {
            return new Sums(client, Tally.NONE, Tally.NONE, Tally.NONE);
        }

        private Sums plus(Tally values, Arm arm, boolean isOwn) {
            if (isOwn) {
                return new Sums(client, own.plus(values), control, champion);
            }
            return switch (arm) {
                case CONTROL -> new Sums(client, own, control.plus(values), champion);
                case CHAMPION -> new Sums(client, own, control, champion.plus(values));
                case EXPLORE -> this;
            };
        }

        private Sums plus(Sums other) {
            return new Sums(client, own.plus(other.own), control.plus(other.control), champion.plus(other.champion));
        }

        long values() {
            return own.count() + control.count() + champion.count();
        }
    }

    public ClientSums {
        sums = List.copyOf(sums);
    }

    /** Begins anew. */
    public ClientSums cleared() {
        return new ClientSums(kept, List.of());
    }

    /**
     * Adds values of a client's units.
     *
     * @param isOwn whether they got what is measured
     */
    public ClientSums plus(String client, Arm arm, boolean isOwn, Tally values) {
        if (!kept || (arm == Arm.EXPLORE && !isOwn)) {
            return this;
        }
        List<Sums> all = new ArrayList<>(sums);
        int at = indexOf(client);
        if (at < 0 && sums.size() >= MAX_NAMED) {
            at = indexOf(OTHERS);
        }
        if (at < 0) {
            at = all.size();
            all.add(Sums.none(at < MAX_NAMED ? client : OTHERS));
        }
        all.set(at, all.get(at).plus(values, arm, isOwn));
        return new ClientSums(true, all);
    }

    private int indexOf(String client) {
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i).client().equals(client)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether there are enough clients to leave out any one of them. */
    boolean canSpareOne() {
        double least = LEAST_SHARE * values();
        return sums.stream().filter(s -> s.values() > 0 && s.values() >= least).count() >= LEAST_CLIENTS;
    }

    /** Whether more than half of the values are this client's. */
    boolean isMajority(Sums one) {
        return 2 * one.values() > values();
    }

    /** Sums of all clients but one. */
    Sums without(Sums one) {
        return sums.stream().filter(Predicate.not(one::equals)).reduce(Sums.none(""), Sums::plus);
    }

    /** How many times as many values are needed so that those of any one client, unless it has the majority, can be spared. */
    public double growth() {
        double largest = sums.stream()
                .filter(one -> !isMajority(one))
                .mapToDouble(Sums::values)
                .max()
                .orElse(0);
        return canSpareOne() ? values() / (values() - largest) : 1;
    }

    private double values() {
        return sums.stream().mapToLong(Sums::values).sum();
    }
}
