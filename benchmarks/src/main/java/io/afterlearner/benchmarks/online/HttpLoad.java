package io.afterlearner.benchmarks.online;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Load on a feedback service: requests at a constant rate over several connections. */
final class HttpLoad {
    private static final int CONNECTIONS = 16;
    private static final int FEEDBACK_CONNECTIONS = 32;

    private final FeedbackAddress feedback;
    private final AtomicLong units = new AtomicLong();
    private double noopP99Millis = 1;

    HttpLoad(FeedbackAddress feedback) {
        this.feedback = feedback;
    }

    /** Requests that do nothing; later lines compare with the latest of these. */
    LoadFigures noop(double rate, double seconds) throws InterruptedException {
        OpenLoop loop = new OpenLoop(feedback, CONNECTIONS, rate, seconds, Traffic::nothing).start();
        loop.await();
        noopP99Millis = loop.millis(0.99);
        return LoadFigures.of("noop", 0, 0, rate, loop, noopP99Millis);
    }

    /** @param batch events per post of feedback; 0 for no feedback */
    LoadFigures assignments(List<String> studies, int dimension, double rate, int batch, double seconds)
            throws InterruptedException {
        Traffic traffic = new Traffic(studies, units);
        OpenLoop loop = new OpenLoop(feedback, CONNECTIONS, rate, seconds, traffic::assign).start();
        OpenLoop reports = null;
        if (batch > 0) {
            OpenLoop.Request report = connection -> traffic.report(connection, batch);
            reports = new OpenLoop(feedback, FEEDBACK_CONNECTIONS, rate / batch, seconds, report).start();
        }
        loop.await();
        LoadFigures figures = LoadFigures.of("assignments", studies.size(), dimension, rate, loop, noopP99Millis);
        if (reports == null) {
            return figures;
        }
        reports.await();
        return figures.withFeedback(traffic.reported() / seconds, batch, reports.millis(0.99), reports.errors());
    }
}
