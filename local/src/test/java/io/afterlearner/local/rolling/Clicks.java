package io.afterlearner.local.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.local.Patience;
import io.afterlearner.local.Standing;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An online study whose units come one after the other; each clicks once, and reports that twice. Requests go to the two instances in
 * turn, and to the other one if the first does not answer. There is always one that does.
 */
final class Clicks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 503;

    private final Fleet fleet;
    private final String study;
    private CompletableFuture<Void> flowing = CompletableFuture.completedFuture(null);
    private final AtomicInteger accepted = new AtomicInteger();
    /** Those of them that count for an arm. */
    private final AtomicInteger counted = new AtomicInteger();

    private volatile boolean over;
    private int turn;
    private int retried;
    private int broken;
    private long longestNanos;
    /** The tries of the longest wait: which instance, and after how long it did not answer. */
    private String longest = "";

    private final Set<ServiceProcess> leaving = new HashSet<>();

    /** Creates the study and waits until both instances serve it. */
    Clicks(Fleet fleet, StudySpec spec) throws Exception {
        this.fleet = fleet;
        this.study = spec.getStudy();
        HttpResponse<String> created = fleet.optimizer().post("/v1/studies", spec.toString());
        assertEquals(201, created.statusCode(), created.body());
        Patience patience = Patience.with("study " + study);
        for (Fleet.Instance instance : fleet.feedback()) {
            while (instance.process().get(path("/champion")).statusCode() != 200) {
                patience.waitOrFail("is not served");
            }
        }
    }

    private String path(String what) {
        return "/v1/studies/" + study + what;
    }

    /** Units come until {@link #assertAllCounted}. */
    void begin() {
        flowing = CompletableFuture.runAsync(() -> {
            try {
                while (!over) {
                    counted.addAndGet(click("unit-" + accepted) ? 1 : 0);
                    accepted.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** A service that was asked to stop is not ready, and still assigns; whoever keeps its connections open is told to close them. */
    void assertAnswersWhileItStops(ServiceProcess stopping) throws Exception {
        stopping.terminate();
        Patience patience = Patience.with("study " + study);
        while (stopping.get("/q/health/ready").statusCode() != UNAVAILABLE) {
            patience.waitOrFail("is served by an instance that is ready though it stops");
        }
        HttpResponse<String> answer = stopping.post(path("/assignments"), "{\"unit\":\"last\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("close", answer.headers().firstValue("Connection").orElse(""));
    }

    /** Waits until some more clicks are accepted. */
    void awaitClicks(int more) throws InterruptedException {
        int enough = accepted.get() + more;
        while (accepted.get() < enough && !flowing.isDone()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (flowing.isDone()) {
            flowing.join();
        }
    }

    /** @return whether the unit counts: one of an empty slot is served outside of the comparison */
    private boolean click(String unit) throws Exception {
        JsonNode assigned = JSON.readTree(answered(path("/assignments"), "{\"unit\":\"" + unit + "\"}", 200, false));
        String token = assigned.get("token").asText();
        String click = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        answered("/v1/feedback", click, 202, true);
        answered("/v1/feedback", click, 202, true);
        return !assigned.get("arm").asText().equals("UNCOUNTED");
    }

    /** Asks one instance, and if it does not answer, the other one. One that said it is leaving is asked last. */
    private String answered(String path, String body, int status, boolean repeatable) throws Exception {
        long start = System.nanoTime();
        StringBuilder tries = new StringBuilder();
        turn++;
        while (true) {
            int phase = fleet.phase();
            for (ServiceProcess instance : inTurn()) {
                Optional<String> answer = answer(instance, path, body, status, repeatable);
                long nanos = System.nanoTime() - start;
                tries.append(leaving.contains(instance) ? " leaving " : " serving ")
                        .append(nanos / 1_000_000);
                if (answer.isPresent()) {
                    if (nanos > longestNanos) {
                        longestNanos = nanos;
                        longest = path + tries;
                    }
                    return answer.get();
                }
                retried++;
            }
            // Between two requests one instance may have become ready, and the other one may have stopped.
            if (fleet.phase() == phase) {
                throw new AssertionError("no instance answers " + path);
            }
        }
    }

    private List<ServiceProcess> inTurn() {
        List<ServiceProcess> all = new ArrayList<>();
        fleet.feedback().forEach(instance -> all.add(instance.process()));
        Collections.rotate(all, turn);
        all.sort(Comparator.comparing(leaving::contains));
        return all;
    }

    private Optional<String> answer(ServiceProcess instance, String path, String body, int status, boolean repeatable)
            throws Exception {
        try {
            HttpResponse<String> answer = instance.post(path, body);
            if (answer.headers()
                    .firstValue("Connection")
                    .filter("close"::equals)
                    .isPresent()) {
                leaving.add(instance);
            }
            if (answer.statusCode() == UNAVAILABLE) {
                return Optional.empty();
            }
            assertEquals(status, answer.statusCode(), () -> path + " " + body + ": " + answer.body());
            return Optional.of(answer.body());
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Whether the instance did what was asked is not known. A report has an id, and counts once.
            broken += repeatable ? 0 : 1;
            return Optional.empty();
        }
    }

    /** Every accepted click counted, once, and every candidate that was judged was told, once. */
    void assertAllCounted() throws Exception {
        over = true;
        flowing.join();
        int all = counted.get();
        JsonNode standing = standing();
        Patience patience = Patience.with("study " + study);
        while (Standing.exposures(standing) < all) {
            patience.waitOrFail("counts " + Standing.exposures(standing) + " of " + all + " clicks: " + standing);
            standing = standing();
        }
        System.out.printf(
                "rolling: %d clicks counted, %d candidates judged; %d requests went to the other instance, %d assignments got no"
                        + " answer, the longest wait for an answer was %d ms (%s)%n",
                all, standing.get("settled").asLong(), retried, broken, longestNanos / 1_000_000, longest);
        assertTrue(Standing.exposures(standing) <= all + broken, standing.toString());
        // The unit of an assignment without an answer may be exposed, and does not click.
        double least = broken == 0 ? 1 : 0;
        for (String arm : List.of("champion", "control")) {
            double level = standing.at("/" + arm + "/level").asDouble();
            assertTrue(level >= least - 1e-9 && level <= 1 + 1e-9, arm + " of " + standing);
        }
        assertToldOnce(standing.get("settled").asLong());
    }

    private void assertToldOnce(long settled) throws Exception {
        Patience patience = Patience.with("study " + study);
        List<TrialEvent> trials = settled();
        while (trials.size() < settled) {
            patience.waitOrFail("was not told what was judged");
            trials = settled();
        }
        trials.forEach(event -> assertEquals(TrialEventType.TOLD, event.getType(), event.toString()));
        if (broken == 0) {
            trials.forEach(told -> assertEquals(0, told.getLoss(), 1e-9, told.toString()));
        }
        assertEquals(
                settled, trials.stream().map(TrialEvent::getNumber).distinct().count(), "told once");
        assertEquals(settled, trials.size(), "told once");
    }

    /** What came of candidates, without the first, which is the shipped model. */
    private List<TrialEvent> settled() {
        return new TopicReader(fleet.settings())
                .trials(study).stream()
                        .filter(event -> event.getNumber() >= 0
                                && List.of(TrialEventType.TOLD, TrialEventType.FAILED, TrialEventType.EXPIRED)
                                        .contains(event.getType()))
                        .toList();
    }

    /** Of the first instance that has it; an older version has only what it judges itself. */
    private JsonNode standing() throws Exception {
        Patience patience = Patience.with("study " + study);
        while (true) {
            for (Fleet.Instance instance : fleet.feedback()) {
                HttpResponse<String> answer = instance.process().get(path("/standing"));
                if (answer.statusCode() == 200) {
                    return JSON.readTree(answer.body());
                }
            }
            patience.waitOrFail("is judged by no instance");
        }
    }
}
