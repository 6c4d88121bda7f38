package io.afterlearner.benchmarks.online;

import io.afterlearner.client.AfterLearner;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures how fast units are assigned while feedback arrives at the same rate: through a running feedback service over HTTP,
 * and through the client. The load generator shares the machine with the system under test.
 */
public final class OnlineBench {
    private static final int CONNECTIONS = 16;
    private static final int FEEDBACK_CONNECTIONS = 32;
    private static final int BATCH = 50;
    private static final double WARM_UP_SECONDS = 20;
    private static final int MOST_TRIES = 300;
    private static final long TRY_AGAIN_MILLIS = 100;
    private static final int MANY = 10;
    private static final int LARGE = 1_000;

    private final String kafka;
    private final URI feedback;
    private final double seconds;
    private final AtomicLong units = new AtomicLong();
    private double noopP99Millis = 1;

    /**
     * @param kafka bootstrap servers
     * @param feedback base URL of the feedback service
     * @param seconds of each measurement
     */
    public OnlineBench(String kafka, URI feedback, double seconds) {
        this.kafka = kafka;
        this.feedback = feedback;
        this.seconds = seconds;
    }

    /**
     * Warms up and passes on each line as it is measured: a request that does nothing; assignments at a quarter of the rate; at
     * the full rate alone, with feedback in batches, and with single feedback events; ten studies; 1,000 ℵ-parameters.
     */
    public void load(double rate, int dimension, Consumer<LoadFigures> lines)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        List<String> one = begin(1, dimension);
        run(one, dimension, rate, BATCH, WARM_UP_SECONDS);
        lines.accept(noop(rate));
        lines.accept(run(one, dimension, rate / 4, BATCH, seconds));
        lines.accept(run(one, dimension, rate, 0, seconds));
        lines.accept(run(one, dimension, rate, BATCH, seconds));
        lines.accept(run(one, dimension, rate, 1, seconds));
        lines.accept(run(begin(MANY, dimension), dimension, rate, BATCH, seconds));
        lines.accept(run(begin(1, LARGE), LARGE, rate, BATCH, seconds));
    }

    /** Measures the client's {@code assign}, paced and at full speed. */
    public void client(int dimension, String secret, Consumer<ClientFigures> lines)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        String study = begin(1, dimension).get(0);
        try (AfterLearner client = AfterLearner.connect(study, new double[dimension], settings(), secret)) {
            for (int tries = 0; !client.isConnected(); tries++) {
                waited(tries, "the client has not heard of " + study);
            }
            ClientBench bench = new ClientBench(client, dimension);
            lines.accept(bench.paced());
            lines.accept(bench.flatOut());
            if (bench.seen() < 0) {
                throw new IllegalStateException("a candidate's number is negative");
            }
        }
    }

    private LoadFigures noop(double rate) throws InterruptedException {
        new OpenLoop(feedback, CONNECTIONS, rate, WARM_UP_SECONDS / 4, Traffic::nothing)
                .start()
                .await();
        OpenLoop loop = new OpenLoop(feedback, CONNECTIONS, rate, seconds, Traffic::nothing).start();
        loop.await();
        noopP99Millis = loop.millis(0.99);
        return figures("noop", 0, 0, rate, loop, 0, 0, 0, 0);
    }

    /** @param batch events per post of feedback; 0 for no feedback */
    private LoadFigures run(List<String> studies, int dimension, double rate, int batch, double seconds)
            throws InterruptedException {
        Traffic traffic = new Traffic(studies, units);
        OpenLoop assignments = new OpenLoop(feedback, CONNECTIONS, rate, seconds, traffic::assign).start();
        if (batch == 0) {
            assignments.await();
            return figures("assignments", studies.size(), dimension, rate, assignments, 0, 0, 0, 0);
        }
        OpenLoop reports = new OpenLoop(
                        feedback,
                        FEEDBACK_CONNECTIONS,
                        rate / batch,
                        seconds,
                        connection -> traffic.report(connection, batch))
                .start();
        assignments.await();
        reports.await();
        return figures(
                "assignments",
                studies.size(),
                dimension,
                rate,
                assignments,
                traffic.reported() / seconds,
                batch,
                reports.millis(0.99),
                reports.errors());
    }

    private LoadFigures figures(
            String what,
            int studies,
            int dimension,
            double rate,
            OpenLoop loop,
            double feedbackPerSecond,
            int batch,
            double feedbackP99Millis,
            int feedbackErrors) {
        return new LoadFigures(
                what,
                studies,
                dimension,
                rate,
                loop.perSecond(),
                loop.millis(0.5),
                loop.millis(0.99),
                loop.millis(0.999),
                feedbackPerSecond,
                batch,
                feedbackP99Millis,
                loop.errors() + feedbackErrors,
                loop.millis(0.99) / noopP99Millis);
    }

    /** Starts studies and returns once all of them are served. */
    private List<String> begin(int count, int dimension)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        List<String> studies = new ArrayList<>();
        try (var producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                String study = "bench-" + UUID.randomUUID().toString().substring(0, 8);
                byte[] spec = Codec.of(StudySpec.class).encode(BenchStudy.spec(study, dimension));
                producer.send(new ProducerRecord<>(Topics.STUDIES, study, spec)).get();
                studies.add(study);
            }
        }
        try (HttpConnection connection = HttpConnection.open(feedback)) {
            for (String study : studies) {
                awaitServed(connection, study);
            }
        }
        return studies;
    }

    private static void awaitServed(HttpConnection connection, String study)
            throws InterruptedException, TimeoutException, IOException {
        String path = "/v1/studies/" + study + "/champion";
        for (int tries = 0; connection.get(path).status() != 200; tries++) {
            waited(tries, "study " + study + " is not served");
        }
    }

    private static void waited(int tries, String what) throws InterruptedException, TimeoutException {
        if (tries == MOST_TRIES) {
            throw new TimeoutException(what + " after " + MOST_TRIES * TRY_AGAIN_MILLIS / 1_000 + " s");
        }
        Thread.sleep(TRY_AGAIN_MILLIS);
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka);
    }
}
