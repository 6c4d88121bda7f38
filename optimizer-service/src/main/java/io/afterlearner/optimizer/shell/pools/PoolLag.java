package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.ShareGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka from time to time how many candidates of each pool its evaluators have not finished. A pool whose lag Kafka does not
 * tell has none: its evaluators use a consumer group or never ran, or this service may not describe their group.
 */
@Singleton
public final class PoolLag {
    private static final Logger LOG = Logger.getLogger(PoolLag.class);
    private static final String INTERVAL = "afterlearner.optimizer.pool-lag-interval";
    private static final long ANSWER_SECONDS = 10;

    private final KafkaSettings kafka;
    private final KnownStudies studies;
    private final PoolSeries series;
    private final Duration interval;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();
    /** Pools about whose missing lag the log has spoken. */
    private final Set<String> explained = new HashSet<>();

    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(PoolLag::thread);
    private volatile @Nullable Admin admin;

    PoolLag(
            KafkaSettings kafka,
            KnownStudies studies,
            MeterRegistry registry,
            @ConfigProperty(name = INTERVAL) Duration interval) {
        this.kafka = kafka;
        this.studies = studies;
        this.series = new PoolSeries(
                registry,
                "afterlearner.pool.lag.records",
                "Candidates that the pool's evaluators have not finished; every instance shows the same.",
                pool -> lags.getOrDefault(pool, 0L));
        this.interval = interval;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pool-lag");
        thread.setDaemon(true);
        return thread;
    }

    void start(@Observes StartupEvent event) {
        if (!interval.isZero()) {
            var unused = asking.scheduleWithFixedDelay(
                    this::ask, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        asking.shutdownNow();
        close();
    }

    /** Candidates that the pool's evaluators have not finished, as of the latest answer; empty if unknown. */
    public OptionalLong of(String pool) {
        Long lag = lags.get(pool);
        return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
    }

    private void ask() {
        try {
            Set<String> pools = studies.pools();
            lags.keySet().retainAll(pools);
            explained.retainAll(pools);
            for (String pool : pools) {
                ask(pool);
            }
            series.show(lags.keySet());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("the lag of the pools is unknown: %s", KafkaReason.of(e));
            lags.clear();
            series.show(lags.keySet());
        }
    }

    private void ask(String pool) throws InterruptedException {
        String group = ShareGroup.candidates(pool).name();
        try {
            Map<?, SharePartitionOffsetInfo> partitions = admin().listShareGroupOffsets(
                            Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group)
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            OptionalLong lag = sum(partitions);
            if (lag.isPresent()) {
                lags.put(pool, lag.getAsLong());
            } else {
                lags.remove(pool);
            }
        } catch (ExecutionException | TimeoutException e) {
            unknown(pool, group, e);
        }
    }

    private void unknown(String pool, String group, Exception why) {
        lags.remove(pool);
        if (explained.add(pool)) {
            LOG.infof(
                    "the lag of pool %s is unknown: %s; grant DESCRIBE on share group %s if that is missing, or set"
                            + " %s=0",
                    pool, KafkaReason.of(why), group, INTERVAL);
        }
    }

    /** Empty if the lag of a partition is unknown. */
    static OptionalLong sum(Map<?, SharePartitionOffsetInfo> partitions) {
        if (partitions.isEmpty()
                || partitions.values().stream()
                        .anyMatch(info -> info == null || info.lag().isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(partitions.values().stream()
                .mapToLong(info -> info.lag().orElseThrow())
                .sum());
    }

    private Admin admin() throws KafkaException {
        Admin open = admin;
        if (open == null) {
            open = kafka.newAdmin();
            admin = open;
        }
        return open;
    }

    private void close() {
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
