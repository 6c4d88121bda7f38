package io.afterlearner.feedback.shell.query;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.client.Served;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.TrustFile;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.schemas.Feedback;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the queries of the studies that this instance judges: of each study one after the other, and of {@value #THREADS} studies at
 * the same time, so that the slow queries of one do not delay the others. When another instance takes a study over, it asks again for
 * the slices that still count.
 */
@ApplicationScoped
class SliceQueries {
    private static final Logger LOG = Logger.getLogger(SliceQueries.class);
    private static final String URL = "afterlearner.feedback.prometheus-url";
    private static final String CA_FILE = "afterlearner.feedback.prometheus-ca-file";
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#@]*)?");
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration REPORT = Duration.ofSeconds(6);
    private static final int THREADS = 8;

    private final OnlineStudies studies;
    private final Standings standings;
    private final Tokens tokens;
    private final Desk desk;
    private final StudyQueries.Asking prometheus;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, StudyQueries> measuring = new ConcurrentHashMap<>();
    private final Map<String, Reason.NoAnswer> warned = new ConcurrentHashMap<>();
    /** The studies that are asked for or wait for a thread: each is there once, so the queue is no longer than the list of studies. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    SliceQueries(OnlineStudies studies, Standings standings, Tokens tokens, Desk desk, FeedbackSettings settings) {
        this.studies = studies;
        this.standings = standings;
        this.tokens = tokens;
        this.desk = desk;
        this.prometheus = settings.prometheusUrl()
                .<StudyQueries.Asking>map(
                        url -> prometheus(url, settings.prometheusTokenFile(), settings.prometheusCaFile())::ask)
                .orElse((promql, atMillis) -> new Answer.Unreachable("no Prometheus is configured; set " + URL));
    }

    static Prometheus prometheus(String url, Optional<String> tokenFile, Optional<String> caFile) {
        if (!ADDRESS.matcher(url).matches()) {
            // It may have a password, so it is not shown.
            throw new ConfigurationException(URL + " is not the address of a Prometheus; give http://HOST:PORT or"
                    + " https://HOST, without user and query");
        }
        Path token = tokenFile.map(Path::of).orElse(null);
        if (token != null && url.startsWith("http:")) {
            throw new ConfigurationException(
                    URL + " is not encrypted, and would carry a token; use https, or remove the token");
        }
        return new Prometheus(
                url,
                token,
                caFile.map(file -> TrustFile.read(CA_FILE, file, Authorities::trusting))
                        .orElse(null),
                DEADLINE);
    }

    void start(@Observes @Priority(3) StartupEvent event) {
        // A failure is logged in the task itself.
        var unused = scheduler.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.shutdownNow();
        threads.shutdownNow();
    }

    private void round() {
        try {
            List<OnlineStudy> judged = studies.all().stream()
                    .filter(study -> !study.queries().isEmpty())
                    .filter(study -> standings.of(study.name()).isPresent())
                    .toList();
            measuring.values().removeIf(each -> !judged.contains(each.study()));
            judged.stream()
                    .filter(study -> busy.add(study.name()))
                    .forEach(study -> threads.execute(() -> {
                        try {
                            measure(study);
                        } finally {
                            busy.remove(study.name());
                        }
                    }));
        } catch (RuntimeException e) {
            LOG.error("slices cannot be measured; trying again in a second", e);
        }
    }

    private void measure(OnlineStudy study) {
        try {
            studies.served(study.name()).ifPresent(served -> ask(study, served));
        } catch (RuntimeException e) {
            LOG.errorf(e, "slices of study %s cannot be measured; trying again in a second", study.name());
        }
    }

    private void ask(OnlineStudy study, Served served) {
        StudyQueries queries = measuring.computeIfAbsent(
                study.name(), any -> new StudyQueries(study, tokens, prometheus, this::report));
        try {
            queries.measure(served, clock.millis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        // Not if another instance judges the study by now.
        if (queries.isKnown() && queries.equals(measuring.get(study.name()))) {
            standings.queried(study.name(), queries.problem());
            warn(study.name(), queries.problem().orElse(null));
        }
    }

    private void warn(String study, Reason.@Nullable NoAnswer problem) {
        Reason.NoAnswer before = problem == null ? warned.remove(study) : warned.put(study, problem);
        if (problem != null && !problem.equals(before)) {
            LOG.warnf("study %s: no value of %s for a slice: %s", study, problem.metric(), problem.why());
        }
    }

    private boolean report(Feedback value) throws InterruptedException {
        try {
            desk.send(List.of(desk.draft(value))).toCompletableFuture().get(REPORT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
