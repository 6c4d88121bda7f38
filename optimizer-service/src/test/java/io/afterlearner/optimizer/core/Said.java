package io.afterlearner.optimizer.core;

/** A failure in a test. */
record Said(String text) implements Failure {

    static final Maker FAILURES = new Maker() {
        @Override
        public Failure expired(long timeoutMillis, String pool) {
            return new Said("expired after " + timeoutMillis + " ms in pool " + pool);
        }

        @Override
        public Failure lossNotFinite(double loss) {
            return new Said("loss " + loss);
        }

        @Override
        public Failure studyStopped() {
            return new Said("study stopped");
        }
    };
}
