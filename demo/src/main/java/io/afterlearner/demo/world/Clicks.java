package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clicks on their way to {@code POST /v1/feedback}, in batches, each when its time has come. */
final class Clicks implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_WAITING = 100_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 50;
    private static final int TRIES = 5;

    /** One click, as the service wants it. */
    record Report(String token, String metric, double value, String id, long atMillis) {}

    private record Due(long atMillis, boolean late, Report report) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMillis - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }

    private final DelayQueue<Due> due = new DelayQueue<>();
    private final HttpClient http;
    private final URI feedback;
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();

    Clicks(HttpClient http, URI feedback) {
        this.http = http;
        this.feedback = feedback;
    }

    /**
     * @param atMillis when it happens, epoch milliseconds
     * @param late whether that is after the attribution window, so that it will be refused
     */
    void add(String token, String id, long atMillis, boolean late) {
        if (due.size() < MOST_WAITING) {
            due.add(new Due(atMillis, late, new Report(token, "click", 1, id, atMillis)));
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Due> batch = new ArrayList<>();
                due.drainTo(batch, BATCH);
                send(reports(batch, false));
                send(reports(batch, true));
                Thread.sleep(batch.size() < BATCH ? PAUSE_MILLIS : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Report> reports(List<Due> batch, boolean late) {
        return new ArrayList<>(
                batch.stream().filter(d -> d.late() == late).map(Due::report).toList());
    }

    /** Sent again until the service says which it has. */
    private void send(List<Report> batch) throws InterruptedException {
        for (int i = 0; i < TRIES && !batch.isEmpty(); i++) {
            HttpResponse<String> answer = post(batch);
            int status = answer == null ? 503 : answer.statusCode();
            if (answer != null && status / 100 == 2) {
                count(answer.body(), batch.size());
                return;
            }
            if (status / 100 == 4) {
                break;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        refused.addAndGet(batch.size());
    }

    private void count(String answer, int sent) {
        try {
            int taken = JSON.readTree(answer).path("accepted").asInt();
            accepted.addAndGet(taken);
            refused.addAndGet(sent - taken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @org.jspecify.annotations.Nullable HttpResponse<String> post(List<Report> batch)
            throws InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(feedback)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(batch)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }
}
