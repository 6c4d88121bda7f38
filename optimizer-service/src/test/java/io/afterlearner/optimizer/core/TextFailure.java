package io.afterlearner.optimizer.core;

/** A failure in a test. */
record TextFailure(String text) implements Failure {

    static final Maker FAILURES = new Maker() {
        @Override
        public Failure expired(long waitMillis, String pool) {
            return new TextFailure("expired after " + waitMillis + " ms in pool " + pool);
        }

        @Override
        public Failure unanswered(long heldMillis) {
            return new TextFailure("no answer after " + heldMillis + " ms");
        }

        @Override
        public Failure lossNotFinite(double loss) {
            return new TextFailure("loss " + loss);
        }

        @Override
        public Failure studyStopped() {
            return new TextFailure("study stopped");
        }
    };
}
