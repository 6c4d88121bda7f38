package io.afterlearner.examples.online;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clicks on their way to {@code POST /v1/feedback}, in batches, each when its time has come. */
final class Clicks implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("\"detail\":\"\\[(\\d+)\\]");
    private static final int MOST_WAITING = 100_000;
    private static final int BATCH = 500;
    private static final long PAUSE_MILLIS = 50;
    private static final int TRIES = 5;
    /** What happened longer ago is refused by now, or will be. */
    private static final long OLD_MILLIS = 2_000;

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

    /** A batch is taken whole or not at all: without what is refused in it, it is sent again. */
    private void send(List<Report> batch) throws InterruptedException {
        for (int i = 0; i < TRIES && !batch.isEmpty(); i++) {
            HttpResponse<String> answer = post(batch);
            if (answer != null && answer.statusCode() / 100 == 2) {
                accepted.addAndGet(batch.size());
                return;
            }
            Matcher place = PLACE.matcher(answer == null ? "" : answer.body());
            if (!place.find()) {
                Thread.sleep(PAUSE_MILLIS);
                continue;
            }
            int before = batch.size();
            batch.remove(Integer.parseInt(place.group(1)));
            long old = System.currentTimeMillis() - OLD_MILLIS;
            batch.removeIf(r -> r.atMillis() < old);
            refused.addAndGet(before - batch.size());
        }
        refused.addAndGet(batch.size());
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
