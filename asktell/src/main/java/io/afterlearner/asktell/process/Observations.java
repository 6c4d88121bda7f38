package io.afterlearner.asktell.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points that a model uses, each once with the mean of its losses; bounded in number. */
final class Observations {

    /** @param loss the mean of its losses; positive infinity if it failed */
    record Observation(double[] point, double[] features, long count, double loss) {}

    private final int most;
    private final List<Observation> all = new ArrayList<>();
    private boolean repeated;
    private boolean noisy;

    /** @param most how many points are kept, at least 8 */
    Observations(int most) {
        this.most = most;
    }

    int size() {
        return all.size();
    }

    Observation get(int index) {
        return all.get(index);
    }

    /** Whether any point was told a second loss. */
    boolean repeated() {
        return repeated;
    }

    /** Whether any point with a second loss got a different one. */
    boolean noisy() {
        return noisy;
    }

    boolean contains(double[] features) {
        return all.stream().anyMatch(known -> Arrays.equals(known.features(), features));
    }

    /** Adds a loss; returns whether this only appended a point. */
    boolean add(double[] point, double[] features, double loss) {
        for (int i = 0; i < all.size(); i++) {
            if (Arrays.equals(all.get(i).features(), features)) {
                merge(i, loss);
                return false;
            }
        }
        all.add(new Observation(point, features, 1, loss));
        return !forget();
    }

    private void merge(int index, double loss) {
        Observation known = all.get(index);
        boolean failed = Double.isInfinite(known.loss());
        if (Double.isInfinite(loss)) {
            return;
        }
        long count = failed ? 1 : known.count() + 1;
        repeated |= !failed;
        noisy |= !failed && loss != known.loss();
        double mean = failed ? loss : known.loss() + (loss / count - known.loss() / count);
        all.set(index, new Observation(known.point(), known.features(), count, mean));
    }

    /** Drops a quarter at once, because dropping forces an expensive refit: the worse half of the older half. */
    private boolean forget() {
        if (all.size() <= most) {
            return false;
        }
        double[] older = all.subList(0, most / 2).stream()
                .mapToDouble(Observation::loss)
                .sorted()
                .toArray();
        double limit = older[older.length / 2 - 1];
        List<Observation> kept = new ArrayList<>();
        int better = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean good = all.get(i).loss() <= limit && better < older.length / 2;
            better += i < older.length && good ? 1 : 0;
            if (i >= older.length || good) {
                kept.add(all.get(i));
            }
        }
        all.clear();
        all.addAll(kept);
        return true;
    }

    List<double[]> features() {
        return all.stream().map(Observation::features).toList();
    }

    double[] losses() {
        return all.stream().mapToDouble(Observation::loss).toArray();
    }

    /** For each point, the variance of its mean as a share of the noise variance of one loss. */
    double[] shares() {
        return all.stream().mapToDouble(known -> 1.0 / known.count()).toArray();
    }
}
