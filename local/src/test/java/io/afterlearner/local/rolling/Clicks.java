package io.afterlearner.local.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
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
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final int UNAVAILABLE = 503;

    private final Fleet fleet;
    private final String study;
    private CompletableFuture<Void> flowing = CompletableFuture.completedFuture(null);
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean over;
    private int turn;
    private int retried;
    private int broken;
    private long longestNanos;

    /** Creates the study and waits until both instances serve it. */
    Clicks(Fleet fleet, StudySpec spec) throws Exception {
        this.fleet = fleet;
        this.study = spec.getStudy();
        HttpResponse<String> created = fleet.optimizer().post("/v1/studies", spec.toString());
        assertEquals(201, created.statusCode(), created.body());
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (Fleet.Instance instance : fleet.feedback()) {
            while (instance.process().get(path("/champion")).statusCode() != 200) {
                assertBefore(end, "is not served");
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
                    click("unit-" + accepted);
                    accepted.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
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

    private void click(String unit) throws Exception {
        JsonNode assigned = JSON.readTree(answered(path("/assignments"), "{\"unit\":\"" + unit + "\"}", 200, false));
        String token = assigned.get("token").asText();
        String click = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        answered("/v1/feedback", click, 202, true);
        answered("/v1/feedback", click, 202, true);
    }

    /** Asks one instance, and if it does not answer, the other one. */
    private String answered(String path, String body, int status, boolean repeatable) throws Exception {
        long start = System.nanoTime();
        turn++;
        while (true) {
            int phase = fleet.phase();
            for (int i = 0; i < 2; i++) {
                Optional<String> answer =
                        answer(fleet.feedback().get((turn + i) % 2), path, body, status, repeatable);
                if (answer.isPresent()) {
                    longestNanos = Math.max(longestNanos, System.nanoTime() - start);
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

    private Optional<String> answer(
            Fleet.Instance instance, String path, String body, int status, boolean repeatable) throws Exception {
        long t0 = System.nanoTime();
        try {
            HttpResponse<String> answer = instance.process().post(path, body);
            if (answer.statusCode() == UNAVAILABLE) {
                return Optional.empty();
            }
            assertEquals(status, answer.statusCode(), () -> path + " " + body + ": " + answer.body());
            return Optional.of(answer.body());
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Whether the instance did what was asked is not known.
            broken += repeatable ? 0 : 1;
            System.out.println(java.time.LocalTime.now() + " broken: " + e);
            return Optional.empty();
        } finally {
            long ms = (System.nanoTime() - t0) / 1_000_000;
            if (ms > 200) System.out.println(java.time.LocalTime.now() + " SLOW " + ms + " ms " + path + " " + instance.process().said().length() + " turn " + turn + " feedback " + fleet.feedback().indexOf(instance) + " phase " + fleet.phase());
        }
    }

    /** Every accepted click counted, once, and every candidate that was judged was told, once. Returns the number of clicks. */
    int assertAllCounted() throws Exception {
        over = true;
        flowing.join();
        JsonNode standing = standing();
        long end = System.nanoTime() + PATIENCE_NANOS;
        int all = accepted.get();
        while (exposures(standing) < all) {
            assertBefore(end, "counts " + exposures(standing) + " of " + all + " clicks: " + standing);
            standing = standing();
        }
        System.out.printf(
                "rolling: %d clicks counted, %d candidates judged; the longest wait for an answer was %d ms, %d requests went to the other"
                        + " instance, %d were broken%n",
                all, standing.get("settled").asLong(), longestNanos / 1_000_000, retried, broken);
        assertEquals(0, broken, "an instance that stops answers what it accepted");
        assertEquals(all, exposures(standing), standing.toString());
        for (String arm : List.of("champion", "control")) {
            assertEquals(1, standing.at("/" + arm + "/level").asDouble(), 1e-9, arm + " of " + standing);
        }
        assertToldOnce(standing.get("settled").asLong());
        return all;
    }

    private void assertToldOnce(long settled) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<TrialEvent> trials = settled();
        while (trials.size() < settled) {
            assertBefore(end, "was not told what was judged");
            trials = settled();
        }
        trials.forEach(event -> assertEquals(TrialEventType.TOLD, event.getType(), event.toString()));
        trials.forEach(told -> assertEquals(0, told.getLoss(), 1e-9, told.toString()));
        assertEquals(settled, trials.stream().map(TrialEvent::getNumber).distinct().count(), "told once");
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

    /** Of the instance that judges the study; the other one has none. */
    private JsonNode standing() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            for (Fleet.Instance instance : fleet.feedback()) {
                HttpResponse<String> answer = instance.process().get(path("/standing"));
                if (answer.statusCode() == 200) {
                    return JSON.readTree(answer.body());
                }
            }
            assertBefore(end, "is judged by no instance");
        }
    }

    private static long exposures(JsonNode standing) {
        return standing.path("explored").asLong()
                + standing.at("/champion/exposures").asLong()
                + standing.at("/control/exposures").asLong();
    }

    private void assertBefore(long end, String problem) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new AssertionError("study " + study + " " + problem);
        }
        TimeUnit.MILLISECONDS.sleep(50);
    }
}
