package io.afterlearner.evaluation.loss;

/** Root of the mean squared error over all elements of all examples; elements whose target is NaN don't count. */
final class Rmse implements LossType {
    @Override
    public String name() {
        return "rmse";
    }

    @Override
    public Loss create(Settings settings) {
        return signature -> {
            if (!signature.sameShape()) {
                throw signature.misfit(name(), "give a number for every element of the target");
            }
            return new SquaredErrors();
        };
    }

    private record SquaredErrors() implements Scorer {
        @Override
        public int statistics() {
            return 2;
        }

        @Override
        public void score(double[] output, double[] target, double[] statistics) {
            for (int i = 0; i < target.length; i++) {
                if (counts(target[i])) {
                    double error = output[i] - target[i];
                    statistics[0] += error * error;
                    statistics[1]++;
                }
            }
        }

        @Override
        public boolean counts(double element) {
            return !Double.isNaN(element);
        }

        @Override
        public double value(double[] sums, long examples) {
            return Math.sqrt(sums[0] / sums[1]);
        }
    }
}
