package io.afterlearner.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.TopicScan;
import io.afterlearner.local.fuzz.FuzzedServices.Service;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A valid study that is scored on data, run again and again under other names: each time it has the same result. */
final class SearchStudies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final FuzzedServices services;
    private final StudySpec spec;
    private final List<Result> results = new ArrayList<>();
    private volatile boolean over;
    private volatile String current = "";

    /** One event, without what depends on time. Doubles are compared by their bits. */
    record Trial(
            TrialEventType type,
            long number,
            List<Double> values,
            @Nullable Double loss,
            @Nullable Double standardError) {}

    /**
     * What came of a study.
     *
     * @param trials what was asked, by number, and then what came of it, by number
     */
    record Result(List<Trial> trials, long best, String loss) {}

    SearchStudies(FuzzedServices services, StudySpec spec) {
        this.services = services;
        this.spec = spec;
    }

    /** Runs a study to its end. */
    Result run(String study) throws Exception {
        current = study;
        String body = StudySpec.newBuilder(spec).setStudy(study).build().toString();
        HttpResponse<String> created = services.http(Service.OPTIMIZER).post("/v1/studies", body);
        assertEquals(201, created.statusCode(), created.body());
        long end = System.nanoTime() + PATIENCE_NANOS;
        JsonNode view = view(study);
        while (!view.get("status").asText().equals("FINISHED")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("study " + study + " does not end: " + view);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            view = view(study);
        }
        return new Result(
                trials(study), view.get("number").asLong(), view.get("loss").asText());
    }

    /** Runs studies until {@link #end}. */
    CompletableFuture<Void> runOn() {
        return CompletableFuture.runAsync(() -> {
            try {
                while (!over) {
                    results.add(run("steady-" + results.size()));
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Begins no more studies. */
    void end() {
        over = true;
    }

    /** The results of the studies that ran on, once they have ended. */
    List<Result> results() {
        return results;
    }

    String current() {
        return current;
    }

    private JsonNode view(String study) throws Exception {
        return JSON.readTree(
                services.http(Service.OPTIMIZER).get("/v1/studies/" + study).body());
    }

    private List<Trial> trials(String study) {
        List<Trial> asked = new ArrayList<>();
        List<Trial> settled = new ArrayList<>();
        new TopicScan(KafkaSettings.of(Map.of("bootstrap.servers", services.bootstrapServers())), Duration.ofMinutes(2))
                .read(Topics.TRIALS, TrialEvent.class, study::equals, (key, event) -> {
                    if (event != null && event.getStudy().equals(study) && event.getNumber() >= 0) {
                        List<Trial> list = event.getType() == TrialEventType.ASKED ? asked : settled;
                        list.add(new Trial(
                                event.getType(),
                                event.getNumber(),
                                event.getValues(),
                                event.getLoss(),
                                event.getStandardError()));
                    }
                });
        settled.sort(Comparator.comparingLong(Trial::number));
        asked.addAll(settled);
        return asked;
    }
}
