package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.stack.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends clicks to {@code POST /v1/feedback} in batches, each click when it is due. */
final class Clicks implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_WAITING = 100_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 50;
    private static final int MAX_TRIES = 5;

    /** One click in the format of the service. */
    private record Report(String token, String metric, double value, String id, long atMillis) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMillis - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }

    private final DelayQueue<Report> due = new DelayQueue<>();
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private final URI feedback;
    private final AtomicLong accepted = new AtomicLong();

    Clicks(URI feedback) {
        this.feedback = feedback;
    }

    /** @param atMillis time of the click, epoch milliseconds; after its attribution window the service rejects it */
    void add(String token, String id, long atMillis) {
        if (due.size() < MAX_WAITING) {
            due.add(new Report(token, "click", 1, id, atMillis));
        }
    }

    /** How many clicks the service has accepted so far. */
    long accepted() {
        return accepted.get();
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Report> batch = new ArrayList<>();
                due.drainTo(batch, BATCH);
                send(batch);
                Thread.sleep(batch.size() < BATCH ? PAUSE_MILLIS : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Retries while the service is not available. */
    private void send(List<Report> batch) throws InterruptedException {
        for (int i = 0; i < MAX_TRIES && !batch.isEmpty() && !isAnswered(batch); i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean isAnswered(List<Report> batch) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = Exchange.send(
                    Credentials.ofProcess()
                            .request(feedback)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(batch)))
                            .build(),
                    REQUEST_TIMEOUT);
            if (answer.statusCode() / 100 == 2) {
                accepted.addAndGet(JSON.readTree(answer.body()).path("accepted").asLong());
            }
            return answer.statusCode() < 500;
        } catch (IOException e) {
            return false;
        }
    }
}
