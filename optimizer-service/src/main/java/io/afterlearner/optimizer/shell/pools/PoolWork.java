package io.afterlearner.optimizer.shell.pools;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Shows Prometheus what an autoscaler of evaluators reads: the work of each pool. */
@Singleton
final class PoolWork {
    private static final Logger LOG = Logger.getLogger(PoolWork.class);
    private static final long LOOK_EVERY_SECONDS = 2;

    private final KnownStudies studies;
    private final PoolSeries series;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(PoolWork::thread);

    PoolWork(KnownStudies studies, Pools pools, MeterRegistry registry) {
        this.studies = studies;
        this.series = new PoolSeries(
                registry,
                "afterlearner.pool.work",
                "Outstanding candidates of the pool, and verdicts that wait for an evaluator.",
                pool -> pools.figures(pool).work());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pool-work");
        thread.setDaemon(true);
        return thread;
    }

    void start(@Observes StartupEvent event) {
        var unused = looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        looking.shutdownNow();
    }

    /** Shows the pools that studies have now. */
    void look() {
        try {
            series.show(studies.pools());
        } catch (RuntimeException e) {
            // Otherwise new pools would be shown no more.
            LOG.warn("the work of pools is not shown", e);
        }
    }
}
