package io.afterlearner.benchmarks.online;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of an application: it asks for the assignment of each unit, and reports one event per assignment. */
final class Traffic {
    private static final int MAX_UNREPORTED = 100_000;
    private static final String TOKEN = "\"token\":\"";

    private final List<String> studies;
    private final AtomicLong units;
    private final BlockingQueue<String> unreported = new ArrayBlockingQueue<>(MAX_UNREPORTED);
    private final AtomicLong reported = new AtomicLong();

    /**
     * @param studies queried in turn
     * @param units number of earlier units; each request uses a new one
     */
    Traffic(List<String> studies, AtomicLong units) {
        this.studies = studies;
        this.units = units;
    }

    static boolean nothing(HttpConnection connection) throws IOException {
        return connection.get("/q/health/live").status() == 200;
    }

    boolean assign(HttpConnection connection) throws IOException {
        long unit = units.getAndIncrement();
        String study = studies.get((int) (unit % studies.size()));
        HttpConnection.Answer answer =
                connection.post("/v1/studies/" + study + "/assignments", "{\"unit\":\"user-" + unit + "\"}");
        if (answer.status() != 200) {
            return false;
        }
        int from = answer.body().indexOf(TOKEN) + TOKEN.length();
        // If the queue is full, the assignment is not reported.
        var unused =
                unreported.offer(answer.body().substring(from, answer.body().indexOf('"', from)));
        return true;
    }

    /** Reports up to {@code count} queued assignments. */
    boolean report(HttpConnection connection, int batch) throws IOException {
        StringBuilder body = new StringBuilder("[");
        int events = 0;
        for (String token = unreported.poll(); token != null; token = events < batch ? unreported.poll() : null) {
            body.append(events == 0 ? "" : ",")
                    .append("{\"token\":\"")
                    .append(token)
                    .append("\",\"metric\":\"" + BenchStudy.METRIC + "\",\"value\":")
                    .append(token.hashCode() & 1)
                    .append(",\"id\":\"1\"}");
            events++;
        }
        if (events == 0) {
            return true;
        }
        boolean taken =
                connection.post("/v1/feedback", body.append(']').toString()).status() == 202;
        reported.addAndGet(taken ? events : 0);
        return taken;
    }

    /** Feedback events accepted so far. */
    long reported() {
        return reported.get();
    }
}
