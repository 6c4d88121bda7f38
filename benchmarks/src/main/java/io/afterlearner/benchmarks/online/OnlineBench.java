package io.afterlearner.benchmarks.online;

import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Keys;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Measures how fast units are assigned while feedback arrives at the same rate: through a running feedback service over HTTP,
 * and through the client. The load generator shares the machine with the system under test.
 */
public final class OnlineBench {
    private static final int BATCH = 50;
    private static final double WARM_UP_SECONDS = 20;
    private static final int MANY = 10;
    private static final int LARGE = 1_000;

    private final Map<String, ?> kafka;
    private final BenchStudies studies;
    private final FeedbackAddress feedback;
    private final double seconds;

    /**
     * @param kafka settings of every Kafka client
     * @param feedback base URL of the feedback service
     * @param authorization value of this header in each request, if there is one
     * @param seconds of each measurement
     */
    public OnlineBench(Map<String, ?> kafka, URI feedback, Optional<String> authorization, double seconds) {
        this.kafka = kafka;
        this.feedback = new FeedbackAddress(feedback, authorization);
        this.seconds = seconds;
        studies = new BenchStudies(kafka, this.feedback);
    }

    /**
     * Warms up and passes on each line as it is measured: a request that does nothing; assignments at a quarter of the rate; at
     * the full rate alone, with feedback in batches, and with single feedback events; ten studies; 1,000 ℵ-parameters.
     */
    public void load(double rate, int dimension, Consumer<LoadFigures> lines)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        List<String> one = studies.begin(1, dimension);
        HttpLoad load = new HttpLoad(feedback);
        load.assignments(one, dimension, rate, BATCH, WARM_UP_SECONDS);
        load.noop(rate, WARM_UP_SECONDS / 4);
        lines.accept(load.noop(rate, seconds));
        lines.accept(load.assignments(one, dimension, rate / 4, BATCH, seconds));
        lines.accept(load.assignments(one, dimension, rate, 0, seconds));
        lines.accept(load.assignments(one, dimension, rate, BATCH, seconds));
        lines.accept(load.assignments(one, dimension, rate, 1, seconds));
        lines.accept(load.assignments(studies.begin(MANY, dimension), dimension, rate, BATCH, seconds));
        lines.accept(load.assignments(studies.begin(1, LARGE), LARGE, rate, BATCH, seconds));
    }

    /** Measures the client's {@code assign}, paced and at full speed. */
    public void client(int dimension, Keys keys, Consumer<ClientFigures> lines)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        String study = studies.begin(1, dimension).get(0);
        try (AfterLearner client = AfterLearner.connect(study, new double[dimension], kafka, keys)) {
            BenchStudies.await(client::isConnected, "the client has not received study " + study);
            ClientBench bench = new ClientBench(client, dimension);
            lines.accept(bench.paced());
            lines.accept(bench.flatOut());
            if (bench.seen() < 0) {
                throw new IllegalStateException("a candidate's number is negative");
            }
        }
    }
}
