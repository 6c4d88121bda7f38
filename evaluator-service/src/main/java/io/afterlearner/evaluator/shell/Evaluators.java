package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.ModelScoring;
import io.afterlearner.evaluator.scoring.Providers;
import io.afterlearner.evaluator.scoring.Scoring;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.Sender;
import io.afterlearner.kafka.cluster.GroupState;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The evaluators of one process: slots that take candidates, one more that takes requests for verdicts, their studies, and the
 * sender of results. A verdict may take long, and takes no slot from candidates. Starting waits for the broker and its topics
 * in the background; closing waits a while for the records that are being worked on, and releases the others.
 */
public final class Evaluators implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Evaluators.class);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    private final EvaluatorSettings settings;
    private final Counters counters;
    private final Counters verdictCounters;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Evaluators::clockThread);
    private final Scoring scoring;
    private final RightsWatch rights;
    private final RightsRest rightsRest;
    private final Rest rest;
    private final Studies studies;
    private final Sender sender;
    private final Claims claims;
    private final List<Slot> slots = new ArrayList<>();
    private final Slot verdicts;
    private final Deliveries deliveries;
    private volatile DeadLetters deadLetters;
    private final Thread starter;
    private final NeededTopics topics;
    private volatile @Nullable String waitingFor;
    private volatile boolean started;
    private volatile boolean stopping;

    private Evaluators(
            EvaluatorSettings settings, EvaluatorEvents events, Function<ScheduledExecutorService, Scoring> scoring) {
        this.settings = settings;
        this.counters = new Counters(events, (study, outcome) -> events.candidate(known(study), outcome));
        this.verdictCounters = new Counters(events, (study, outcome) -> events.verdict(known(study), outcome));
        this.topics = NeededTopics.of(settings.rights());
        this.scoring = scoring.apply(clock);
        this.rights = new RightsWatch(settings.kafka(), settings::rights);
        this.rightsRest = new RightsRest(rights, this.scoring::retry);
        this.rest = rightsRest.rest();
        this.studies = new Studies(settings.kafka(), settings.id(), this.scoring::ended, events);
        this.sender = new Sender(settings.kafka(), settings.id() + "-fitness", Sender.Limits.within(SEND_TIMEOUT));
        this.claims = new Claims(sender, settings.id());
        this.deadLetters = new DeadLetters(settings.id());
        this.deliveries = new Deliveries(settings.artifacts().workDirectory().resolve("attempts"));
        Stamp stamp = stamp(settings);
        SafeHandler.Work scores = new CandidateHandler(
                studies, this.scoring, sender, stamp, counters, claims, settings.specWait(), settings.pool());
        for (int i = 0; i < settings.slots(); i++) {
            String name = settings.id() + "-" + i;
            slots.add(slot(name, ShareGroup.candidates(settings.pool()), "evaluate candidate", scores, counters));
        }
        SafeHandler.Work judges =
                new VerdictHandler(studies, this.scoring, sender, stamp, verdictCounters, settings.specWait());
        ShareGroup requests = ShareGroup.verdicts(settings.pool());
        this.verdicts = slot(settings.id() + "-verdicts", requests, "score test split", judges, verdictCounters);
        this.starter = new Thread(this::begin, settings.id() + "-starting");
    }

    /** Records may name any study. */
    private String known(String study) {
        return studies.isKnown(study) ? study : EvaluatorEvents.OTHER;
    }

    private Slot slot(String name, ShareGroup group, String span, SafeHandler.Work work, Counters count) {
        SafeHandler safe =
                new SafeHandler(work, sender, () -> deadLetters, deliveries, count, rest, rightsRest::isDenied);
        Slot.Handler handler = new TracedHandler(span, settings.pool(), settings.spans(), safe);
        return new Slot(
                name,
                () -> new RestingIntake(() -> intake(name, group, count), rest),
                handler,
                count,
                rightsRest::isDenied);
    }

    /**
     * @param events hears of them from now on
     * @throws IllegalArgumentException if the requested execution provider is missing
     */
    public static Evaluators start(EvaluatorSettings settings, EvaluatorEvents events) {
        Providers.check(settings.sessions());
        return start(
                settings,
                events,
                clock -> new ModelScoring(
                        settings.sessions(),
                        settings.slots(),
                        new Artifacts(settings.artifacts()),
                        stamp(settings),
                        clock));
    }

    static Evaluators start(
            EvaluatorSettings settings, EvaluatorEvents events, Function<ScheduledExecutorService, Scoring> scoring) {
        Evaluators evaluators = new Evaluators(settings, events, scoring);
        evaluators.rights.start();
        evaluators.starter.start();
        return evaluators;
    }

    private static Stamp stamp(EvaluatorSettings settings) {
        return new Stamp(settings.id(), settings.digest(), settings.sessions().cuda() ? "CUDA" : "CPU");
    }

    private static Thread clockThread(Runnable task) {
        Thread thread = new Thread(task, "evaluator-clock");
        thread.setDaemon(true);
        return thread;
    }

    private Slot.Intake intake(String clientId, ShareGroup group, Counters count) {
        return settings.mode() == Mode.SHARE
                ? new ShareIntake(settings.kafka(), clientId, group, count)
                : new GroupIntake(settings.kafka(), clientId, group);
    }

    private List<Slot> allSlots() {
        List<Slot> all = new ArrayList<>(slots);
        all.add(verdicts);
        return all;
    }

    private void begin() {
        try {
            while (!stopping && !canBegin()) {
                Thread.sleep(RETRY_EVERY.toMillis());
            }
            try (Admin admin = settings.kafka().newAdmin()) {
                deadLetters = DeadLetters.fitting(admin, settings.id());
            }
            studies.start();
            while (!stopping && !studies.awaitReady(RETRY_EVERY)) {
                LOG.debug("the studies are not read yet");
            }
            if (!stopping) {
                allSlots().forEach(Slot::start);
                started = true;
                LOG.infof("%s: %d slots take candidates of pool %s", settings.id(), slots.size(), settings.pool());
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted to stop");
        }
    }

    /** Whether all topics are there, and the share groups can be used. */
    private boolean canBegin() throws InterruptedException {
        try (Admin admin = settings.kafka().newAdmin()) {
            waiting(topics.missing(admin).isEmpty() ? groupProblem(admin) : topics.problem());
        } catch (KafkaException e) {
            waiting("Kafka cannot be used: " + KafkaReason.of(e) + "; trying again; check the settings kafka.*");
        }
        return waitingFor == null;
    }

    private @Nullable String groupProblem(Admin admin) throws InterruptedException {
        List<String> problems = settings.mode() == Mode.GROUP
                ? List.of()
                : GroupState.read(admin, ShareGroup.ofPool(settings.pool())).stream()
                        .flatMap(group -> group.problems().stream())
                        .toList();
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    /** Missing topics are logged where they are found missing. */
    private void waiting(@Nullable String problem) {
        if (problem != null && !problem.equals(waitingFor) && !problem.equals(topics.problem())) {
            LOG.warnf("waiting: %s", problem);
        }
        waitingFor = problem;
    }

    /** Whether candidates are being taken and all studies are known. */
    public boolean isReady() {
        return started && !stopping && studies.isReady() && rest.reason() == null;
    }

    /** Why this evaluator waits or rests, and how to fix it; null if it does not. */
    public @Nullable String problem() {
        String waits = waitingFor;
        return waits == null ? rest.reason() : waits;
    }

    /** Which rights on Kafka this process has. */
    public RightsWatch rights() {
        return rights;
    }

    /** Whether all threads that should run are alive. */
    public boolean isAlive() {
        return stopping || (started ? allSlots().stream().allMatch(Slot::isAlive) : starter.isAlive());
    }

    /** Whether Kafka answered within the last seconds. */
    public boolean isKafkaUp() {
        return studies.isCurrent();
    }

    /** Memory that open studies may take, in bytes. */
    public long cacheLimitBytes() {
        return settings.sessions().cacheBytes();
    }

    public String pool() {
        return settings.pool();
    }

    public Counters counters() {
        return counters;
    }

    /** Counts requests for verdicts instead of candidates. */
    public Counters verdictCounters() {
        return verdictCounters;
    }

    public int slots() {
        return slots.size();
    }

    /** Whether this process knows that the verdict with this key was given. */
    boolean hasVerdict(String key) {
        return studies.hasVerdict(key);
    }

    /** Number of studies known. */
    public int studies() {
        return studies.size();
    }

    /** Number of studies whose model is open. */
    public int openStudies() {
        return scoring.openStudies();
    }

    /** Memory of open studies, in bytes. */
    public long cacheBytes() {
        return scoring.cacheBytes();
    }

    /** Waits for the records that are being worked on. */
    private void drain() throws InterruptedException {
        long end = System.nanoTime() + settings.drain().toNanos();
        for (Slot slot : allSlots()) {
            slot.awaitEnd(end - System.nanoTime());
        }
    }

    /** Takes no more records, and releases those that are not done in time. */
    @Override
    public void close() {
        stopping = true;
        rights.close();
        allSlots().forEach(Slot::finish);
        try {
            starter.interrupt();
            starter.join(5_000);
            drain();
            allSlots().forEach(Slot::stop);
            for (Slot slot : allSlots()) {
                slot.close();
            }
            studies.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        claims.close();
        sender.close();
        scoring.close();
        clock.shutdownNow();
    }
}
