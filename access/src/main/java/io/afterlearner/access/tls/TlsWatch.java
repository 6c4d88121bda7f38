package io.afterlearner.access.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log and in a metric when a file of a certificate or key was replaced by one that cannot be used. The service goes on
 * with the previous certificate until it stops, so that it stays ready.
 */
@Singleton
public class TlsWatch {
    private static final Logger LOG = Logger.getLogger("afterlearner.access");
    static final String USABLE = "the files of the certificates for HTTPS can be used again";
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final TlsFiles files;
    private volatile @Nullable String problem;

    @Inject
    TlsWatch(Config all) {
        this(TlsFiles.of(settings(all)));
    }

    TlsWatch(TlsFiles files) {
        this.files = files;
        Gauge.builder("afterlearner.http.certificates.refused", this, watch -> watch.problem() == null ? 0 : 1)
                .description("1 while a file of a certificate or key for HTTPS cannot be used, and the previous one is")
                .strongReference(true)
                .register(Metrics.globalRegistry);
    }

    private static Map<String, String> settings(Config all) {
        Map<String, String> settings = new HashMap<>();
        for (String name : all.getPropertyNames()) {
            if (TlsFiles.isSetting(name)) {
                all.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value));
            }
        }
        return settings;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        if (!files.isEmpty()) {
            Callable<Boolean> look = () -> {
                look();
                return true;
            };
            var timer = vertx.setPeriodic(EVERY.toMillis(), id -> vertx.executeBlocking(look));
            LOG.debugf("the certificates for HTTPS are checked every %s s (timer %s)", EVERY.toSeconds(), timer);
        }
    }

    /** What is wrong with the files; null if nothing is. */
    public @Nullable String problem() {
        return problem;
    }

    /** Reads the files, and says what has changed; null if nothing has. */
    synchronized @Nullable String look() {
        String before = problem;
        String now = files.problem();
        problem = now;
        if (now != null && !now.equals(before)) {
            LOG.errorf("%s; the previous certificate stays in use until this process stops; correct the file", now);
            return now;
        }
        if (now == null && before != null) {
            LOG.info(USABLE);
            return USABLE;
        }
        return null;
    }
}
