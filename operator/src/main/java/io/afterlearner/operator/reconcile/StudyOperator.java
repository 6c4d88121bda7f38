package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resolve.Resolutions;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.Champions;
import io.afterlearner.operator.services.Contact;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.RestClient;
import io.afterlearner.operator.services.StudyViews;
import io.afterlearner.schemas.StudySpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The operator: watches Studies, and asks the optimizer about all of them at regular intervals. */
public final class StudyOperator implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StudyOperator.class);
    private static final int MAX_AT_ONCE = 8;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final OperatorSettings settings;
    private final StudyViews views;
    private final Champions champions;
    private final Watched watched;
    private final StudyReconciler reconciler;
    private final Operator operator;
    private final ScheduledExecutorService polling = Executors.newSingleThreadScheduledExecutor(daemon("optimizer"));
    private final ScheduledExecutorService serving = Executors.newSingleThreadScheduledExecutor(daemon("feedback"));
    private final ScheduledExecutorService resolving = Executors.newSingleThreadScheduledExecutor(daemon("resolver"));
    private final Runnable lost;
    private volatile boolean closing;
    private volatile @Nullable RegisteredController<Study> controller;

    /**
     * @param feedback the feedback service, asked only while there are online studies
     * @param reader resolves the spec of a Study
     * @param exports writes results
     * @param lost is told when another operator works instead of this one, which must not go on
     */
    public StudyOperator(
            KubernetesClient client,
            Optimizer optimizer,
            RestClient feedback,
            Function<Study, StudySpec> reader,
            Exports exports,
            OperatorSettings settings,
            Metrics metrics,
            Runnable lost) {
        this.settings = settings;
        this.lost = lost;
        Clock clock = Clock.systemUTC();
        Standing standing = new Standing(clock);
        this.views = new StudyViews(optimizer, new Contact("the optimizer", settings.interval()));
        this.champions = new Champions(feedback, new Contact("the feedback service", settings.interval()));
        this.watched = new Watched(views, champions, settings.interval(), System::nanoTime);
        Resolutions resolutions = new Resolutions(reader, resolving, this::resolved);
        Mirror mirror = new Mirror(optimizer, views, champions, new Steering(optimizer), exports, standing);
        this.reconciler = new StudyReconciler(
                new Admission(optimizer, views, resolutions, standing, mirror),
                mirror,
                new Removal(optimizer, views, standing),
                exports,
                resolutions,
                watched,
                new StatusWriter(client, settings.applied()),
                new News(client, settings.lease().identity(), clock));
        this.operator = new Operator(overrides -> configure(overrides, client, metrics));
    }

    private void configure(ConfigurationServiceOverrider overrides, KubernetesClient client, Metrics metrics) {
        overrides
                .withKubernetesClient(client)
                .withMetrics(metrics)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(MAX_AT_ONCE)
                .withReconciliationTerminationTimeout(STOP_WITHIN)
                .withUseSSAToPatchPrimaryResource(settings.applied());
        OperatorSettings.LeaseName lease = settings.lease();
        if (!lease.namespace().isEmpty()) {
            overrides.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                            .withLeaseNamespace(lease.namespace())
                            .withIdentity(lease.identity())
                            .withLeaseDuration(lease.duration())
                            .withRenewDeadline(lease.duration().multipliedBy(2).dividedBy(3))
                            .withRetryPeriod(lease.duration().dividedBy(7))
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stopped, leader -> {}))
                            .build());
        }
    }

    private void stopped() {
        if (!closing) {
            LOG.error("the Lease is lost, for example because the API server did not answer; this process exits");
            lost.run();
        }
    }

    /** Waits for nothing: with others, it may be another operator's turn. */
    public void start() {
        controller = operator.register(reconciler, this::namespaces);
        operator.start();
        var unused = polling.schedule(this::ask, 0, TimeUnit.MILLISECONDS);
        var unusedToo = serving.schedule(this::askWhatIsServed, 0, TimeUnit.MILLISECONDS);
    }

    private void namespaces(ControllerConfigurationOverrider<Study> overrides) {
        if (settings.namespaces().isEmpty()) {
            overrides.watchingAllNamespaces();
        } else {
            overrides.settingNamespaces(settings.namespaces());
        }
    }

    private void ask() {
        poll(polling, views.contact(), this::ask, watched.size() > 0 || !views.isKnown(), views::refresh);
    }

    private void askWhatIsServed() {
        poll(serving, champions.contact(), this::askWhatIsServed, watched.hasOnline(), champions::refresh);
    }

    /** Asks a service if anybody needs its answer, shows what is new, and does so again later. */
    private void poll(
            ScheduledExecutorService executor, Contact contact, Runnable again, boolean isNeeded, Runnable refresh) {
        try {
            if (isNeeded) {
                refresh.run();
                watched.due().forEach(reconciler::look);
            }
        } catch (RuntimeException e) {
            LOG.error("the Studies could not be updated; trying again", e);
        } finally {
            if (!executor.isShutdown()) {
                var unused = executor.schedule(again, contact.pause().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void resolved(Study study) {
        reconciler.look(ResourceID.fromResource(study));
    }

    /** Whether the optimizer answers. */
    public Contact optimizer() {
        return views.contact();
    }

    /** Whether the feedback service answers. */
    public Contact feedback() {
        return champions.contact();
    }

    /** The Studies that this operator looks after now; 0 while it waits for its turn. */
    public int studies() {
        return watched.size();
    }

    /** Those in a phase. */
    public long studies(Phase phase) {
        return watched.in(phase);
    }

    /** Whether the watch of Studies works, or waits for its turn. */
    public boolean isAlive() {
        return controller != null && operator.getRuntimeInfo().isStarted();
    }

    @Override
    public void close() {
        closing = true;
        polling.shutdownNow();
        serving.shutdownNow();
        resolving.shutdownNow();
        operator.stop();
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
