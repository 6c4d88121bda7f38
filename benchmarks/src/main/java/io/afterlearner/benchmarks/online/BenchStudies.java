package io.afterlearner.benchmarks.online;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Begins online studies and waits until they are served. */
record BenchStudies(Map<String, ?> kafka, FeedbackAddress feedback) {
    private static final int MAX_TRIES = 300;
    private static final long TRY_AGAIN_MILLIS = 100;
    private static final int OK = 200;
    private static final int NO_KEY = 401;
    private static final int NO_RIGHT = 403;

    /** A condition that is checked over the network. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Begins studies and returns once all of them are served. */
    List<String> begin(int count, int dimension)
            throws ExecutionException, InterruptedException, TimeoutException, IOException {
        List<String> studies = new ArrayList<>();
        try (var producer = KafkaSettings.of(kafka).newProducer(Map.of())) {
            for (int i = 0; i < count; i++) {
                String study = "bench-" + UUID.randomUUID().toString().substring(0, 8);
                byte[] spec = Codec.of(StudySpec.class).encode(BenchStudy.spec(study, dimension));
                producer.send(new ProducerRecord<>(Topics.STUDIES, study, spec)).get();
                studies.add(study);
            }
        }
        try (HttpConnection connection = feedback.open()) {
            for (String study : studies) {
                await(() -> isServed(connection, study), "study " + study + " is not served");
            }
        }
        return studies;
    }

    /** Assigns a unit. */
    static boolean isServed(HttpConnection connection, String study) throws IOException {
        int status = connection
                .post("/v1/studies/" + study + "/assignments", "{\"unit\":\"first\"}")
                .status();
        if (status == NO_KEY || status == NO_RIGHT) {
            throw new RefusedKeyException(status);
        }
        return status == OK;
    }

    /** @throws TimeoutException with the message {@code otherwise} if the condition does not hold within 30 s */
    static void await(Condition condition, String otherwise)
            throws InterruptedException, TimeoutException, IOException {
        for (int tries = 0; !condition.holds(); tries++) {
            if (tries == MAX_TRIES) {
                throw new TimeoutException(otherwise + " after " + MAX_TRIES * TRY_AGAIN_MILLIS / 1_000 + " s");
            }
            Thread.sleep(TRY_AGAIN_MILLIS);
        }
    }
}
