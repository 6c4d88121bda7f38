package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points that a {@link TrustRegion} models, around the best of them; so many and no more. */
final class Sites {

    private static final double RIDGE = 1e-10;

    /** A point in latent coordinates with its loss. */
    record Site(double[] at, double loss) {}

    private final int most;
    private final List<Site> sites = new ArrayList<>();
    private Site centre;

    Sites(int most, double[] start) {
        this.most = most;
        centre = new Site(start, Double.POSITIVE_INFINITY);
    }

    /** The best point; its loss is positive infinity as long as none was added. */
    Site centre() {
        return centre;
    }

    boolean contains(double[] at) {
        return Arrays.equals(centre.at(), at) || sites.stream().anyMatch(site -> Arrays.equals(site.at(), at));
    }

    /** How far the farthest is from the centre. */
    double reach() {
        return sites.stream()
                .mapToDouble(site -> Vectors.distance(site.at(), centre.at()))
                .max()
                .orElse(0);
    }

    /** Steps from the centre to all others. */
    List<double[]> steps() {
        List<double[]> steps = new ArrayList<>();
        others().forEach(site -> steps.add(Vectors.minus(site.at(), centre.at())));
        return steps;
    }

    private List<Site> others() {
        return sites.stream().filter(site -> !site.equals(centre)).toList();
    }

    /** @param radius within which points count as near */
    void add(Site added, double radius) {
        sites.removeIf(old -> Arrays.equals(old.at(), added.at()));
        if (added.loss() < centre.loss()) {
            centre = added;
        }
        if (sites.size() >= most) {
            sites.remove(mostReplaceable(added, radius));
        }
        sites.add(added);
    }

    /** The site for which the new one stands in best, and the sooner the further away it is. */
    private Site mostReplaceable(Site added, double radius) {
        List<Site> others = others();
        double[] shares = shares(added, others.size());
        Site choice = others.get(0);
        double most = -1;
        for (int k = 0; k < shares.length; k++) {
            Site site = others.get(k);
            double far = Math.max(1, Vectors.distance(site.at(), centre.at()) / radius);
            double score = (Math.abs(shares[k]) + 1e-6) * far * far * far;
            if (score > most) {
                most = score;
                choice = site;
            }
        }
        return choice;
    }

    private double[] shares(Site added, int count) {
        QuadraticKernel kernel = added.equals(centre) ? null : QuadraticKernel.of(steps(), reach(), 1e-8);
        return kernel == null ? new double[count] : kernel.shares(Vectors.minus(added.at(), centre.at()));
    }

    /** The model, centred here, changed as little as it takes to agree with all. */
    QuadraticModel fitted(QuadraticModel model, double scale) {
        double[] values = others().stream()
                .mapToDouble(site -> site.loss() - centre.loss())
                .toArray();
        QuadraticKernel kernel = QuadraticKernel.of(steps(), scale, RIDGE);
        QuadraticModel next = kernel == null ? model : kernel.fitted(model, values);
        return Double.isFinite(Vectors.norm(next.gradient())) ? next : model;
    }
}
