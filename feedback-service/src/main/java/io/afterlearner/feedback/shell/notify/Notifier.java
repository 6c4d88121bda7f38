package io.afterlearner.feedback.shell.notify;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.feedback.shell.TrustFile;
import io.afterlearner.kafka.KafkaSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts a {@link Dispatcher} for each receiver in the operator's file. */
@ApplicationScoped
class Notifier {
    private static final String SETTING = "afterlearner.feedback.receivers-file";
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final Logger LOG = Logger.getLogger(Notifier.class);

    private final KafkaSettings kafka;
    private final FeedbackMetrics metrics;
    private final List<Receiver> receivers;
    /** Null for the authorities of the JDK. */
    private final @Nullable SSLContext trust;

    private final ExecutorService threads = Executors.newCachedThreadPool(Notifier::daemon);

    Notifier(KafkaSettings kafka, FeedbackMetrics metrics, FeedbackSettings settings) {
        this.kafka = kafka;
        this.metrics = metrics;
        receivers = receivers(settings);
        trust = settings.receiversCaFile()
                .filter(file -> !file.isBlank())
                .map(file -> TrustFile.read(Webhook.CA_FILE, file, Authorities::alsoTrusting))
                .orElse(null);
    }

    /** Quarkus prints only the message of this exception, and ends the process. */
    private static List<Receiver> receivers(FeedbackSettings settings) {
        try {
            return settings.receiversFile()
                    .filter(file -> !file.isBlank())
                    .map(file -> Receivers.read(SETTING, Path.of(file)))
                    .orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "notify");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs after the topics were created. */
    void start(@Observes @Priority(3) StartupEvent event) {
        if (receivers.isEmpty()) {
            return;
        }
        LOG.infof("notifying %s", receivers);
        HttpClient http = Webhook.client(trust);
        receivers.forEach(receiver ->
                threads.execute(new Dispatcher(kafka, metrics, new Webhook(receiver, http, ANSWER), Dispatcher.PAUSE)));
    }

    /** Waits until the consumers have left their groups, so that another instance takes over at once. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("receivers are still notified; another instance takes over once Kafka misses this one");
        }
    }
}
