package io.afterlearner.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.FatalError;
import dev.openfeature.sdk.exceptions.GeneralError;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.client.Served;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves online studies as OpenFeature flags. The targeting key is the unit. An evaluation waits for nothing, and records that the
 * unit was exposed; an evaluation that fails records nothing. {@code track} reports a metric for what the unit got last.
 *
 * <pre>{@code
 * AfterLearnerProvider provider = new AfterLearnerProvider(
 *         Map.of("bootstrap.servers", "kafka:9092"),
 *         keys,
 *         StudyFlag.of("ranking", "ranking-1a2b3c4d").group("weights", 0, 0, 0).group("threshold", 0.5).metrics("click"));
 * OpenFeatureAPI.getInstance().setProviderAndWait(provider);
 * Client client = OpenFeatureAPI.getInstance().getClient();
 * double threshold = client.getDoubleValue("ranking.threshold", 0.5, new ImmutableContext(userId));
 * client.track("click", new ImmutableContext(userId));
 * }</pre>
 *
 * <p>It connects when the SDK initializes it. That fails with PROVIDER_FATAL if no client can be created with the Kafka settings, if Kafka
 * refuses the credentials, or if a flag does not describe its study; with another error if a right on Kafka is missing, or if a study is
 * not known within {@link #START}. It then goes on trying, and units get the shipped values, or your defaults if it is fatal. Afterwards
 * it tells the application when Kafka is away (STALE), when a study or a right on Kafka is missing (ERROR), when all is well again
 * (READY), and when another champion is served (CONFIGURATION_CHANGED).
 * Thread-safe. It cannot be used again after {@link #shutdown}.
 */
public final class AfterLearnerProvider extends EventProvider {
    /** Latest assignments that are remembered for {@code track}; the one used longest ago is forgotten first. */
    public static final int MAX_REMEMBERED = 100_000;
    /** How long the studies may take to become known when the provider is initialized. */
    public static final Duration START = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_FIRST = Duration.ofMillis(10);
    private static final String NAME = "AfterLearner";

    private final List<StudyFlag> flags;
    private final Function<StudyFlag, OnlineStudy> connecting;
    private final Duration start;
    private final Duration lookEvery;
    private final Tracker tracker = new Tracker(MAX_REMEMBERED);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "afterlearner-openfeature");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<Connected> studies = List.of();
    private volatile Map<String, Connected> byKey = Map.of();
    /** What the application knows; only the watching thread changes it. */
    private volatile Standing told = Standing.of(List.of());

    /**
     * A provider of some studies, which connects when the SDK initializes it.
     *
     * @param kafka settings of every Kafka client, as {@link AfterLearner#connect} takes them
     * @param keys those of the feedback service; stay open until the provider is shut down
     */
    public AfterLearnerProvider(Map<String, ?> kafka, Keys keys, StudyFlag... flags) {
        this(flag -> OnlineStudy.connect(flag, kafka, keys), START, LOOK_EVERY, List.of(flags));
    }

    AfterLearnerProvider(
            Function<StudyFlag, OnlineStudy> connecting, Duration start, Duration lookEvery, List<StudyFlag> flags) {
        this.connecting = connecting;
        this.start = start;
        this.lookEvery = lookEvery;
        this.flags = flags;
        List<String> keys =
                flags.stream().flatMap(flag -> flag.keys().stream()).sorted().toList();
        if (flags.isEmpty() || keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException(
                    "the studies have the flags " + keys + "; give at least one study, and each a name of its own");
        }
    }

    @Override
    public Metadata getMetadata() {
        return () -> NAME;
    }

    @Override
    public synchronized void initialize(EvaluationContext context) throws InterruptedException {
        if (watch.isShutdown()) {
            throw new FatalError("this provider was shut down; make a new one");
        }
        boolean first = studies.isEmpty();
        if (first) {
            connect();
        }
        Standing standing = awaitReady();
        told = standing;
        if (first) {
            long millis = lookEvery.toMillis();
            var unused = watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        }
        if (standing.state() == ProviderState.FATAL) {
            throw new FatalError(standing.problem());
        }
        if (standing.state() == ProviderState.ERROR) {
            throw new GeneralError(standing.problem());
        }
    }

    /** READY also if only Kafka is away: the SDK will tell the application so, and it hears of the rest next. */
    private Standing awaitReady() throws InterruptedException {
        long endNanos = System.nanoTime() + start.toNanos();
        Standing standing = Standing.of(studies);
        while (!isSettled(standing) && System.nanoTime() < endNanos && !watch.isShutdown()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_FIRST.toMillis());
            standing = Standing.of(studies);
        }
        return standing.isError() ? standing : standing.ready();
    }

    /** Whether waiting longer changes nothing soon. */
    private boolean isSettled(Standing standing) {
        return switch (standing.state()) {
            case FATAL -> true;
            case READY -> studies.stream().allMatch(each -> each.study().areRightsKnown());
            default ->
                studies.stream().anyMatch(each -> !each.study().missingRights().isEmpty());
        };
    }

    private void connect() {
        List<Connected> connected = new ArrayList<>();
        try {
            flags.forEach(flag -> connected.add(new Connected(flag, connecting.apply(flag))));
        } catch (RuntimeException e) {
            connected.forEach(each -> each.study().close());
            throw new FatalError("cannot connect to Kafka with these settings: " + e.getMessage(), e);
        }
        Map<String, Connected> keys = new HashMap<>();
        connected.forEach(each -> each.flag().keys().forEach(key -> keys.put(key, each)));
        byKey = Map.copyOf(keys);
        studies = List.copyOf(connected);
    }

    private void look() {
        Standing now = Standing.of(studies);
        now.since(told).forEach(event -> emit(event.type(), event.details()));
        told = now;
    }

    @Override
    public void shutdown() {
        watch.shutdownNow();
        // The SDK waits for a few seconds only, for all together.
        studies.parallelStream().forEach(each -> each.study().close());
        super.shutdown();
    }

    /** Number of exposures and reports that did not reach Kafka. */
    public long dropped() {
        return studies.stream().mapToLong(each -> each.study().dropped()).sum();
    }

    /**
     * Number of tracked events with the name of a metric that were not reported: their unit got nothing in this process that is still
     * remembered, or their value is not finite.
     */
    public long untracked() {
        return tracker.untracked();
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        return evaluated(key, defaultValue, context, Value::asBoolean);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue, EvaluationContext context) {
        return evaluated(key, defaultValue, context, Value::asString);
    }

    /** Of a group with one parameter whose values are whole numbers. */
    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, EvaluationContext context) {
        return evaluated(key, defaultValue, context, value -> whole(value.asDouble()));
    }

    private static @Nullable Integer whole(@Nullable Double value) {
        return value != null && value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE
                ? Integer.valueOf(value.intValue())
                : null;
    }

    /** Of a group with one parameter. */
    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue, EvaluationContext context) {
        return evaluated(key, defaultValue, context, Value::asDouble);
    }

    /** Of a study or of any group. */
    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue, EvaluationContext context) {
        return evaluated(key, defaultValue, context, value -> value);
    }

    /** @param convert null if the value has another type */
    private <T> ProviderEvaluation<T> evaluated(
            @Nullable String key,
            T defaultValue,
            @Nullable EvaluationContext context,
            Function<Value, @Nullable T> convert) {
        if (studies.isEmpty()) {
            return Evaluations.failed(
                    defaultValue, ErrorCode.PROVIDER_NOT_READY, "the provider is not initialized; set it in the SDK");
        }
        Connected of = key == null ? null : byKey.get(key);
        if (key == null || of == null) {
            return Evaluations.failed(
                    defaultValue,
                    ErrorCode.FLAG_NOT_FOUND,
                    (key == null ? "the flag key is null" : "no study has the flag " + key) + "; give one of "
                            + new TreeSet<>(byKey.keySet()));
        }
        String unit = unit(context);
        if (!Served.isUnit(unit)) {
            return Evaluations.noUnit(defaultValue, unit);
        }
        Assignment got = of.study().draw(unit);
        if (!of.problem().isEmpty() || !of.flag().fits(got.values())) {
            return Evaluations.otherGroups(defaultValue, of, got);
        }
        T value = convert.apply(of.flag().value(key, got.values()));
        if (value == null) {
            return Evaluations.failed(
                    defaultValue,
                    ErrorCode.TYPE_MISMATCH,
                    key + " has another type; a study is an object, a group is a number or a list of numbers");
        }
        if (!of.flag().isExposedApart()) {
            of.study().exposed(got);
        }
        tracker.remember(of.flag(), unit, got);
        return Evaluations.served(value, got, of.study());
    }

    private static String unit(@Nullable EvaluationContext context) {
        String unit = context == null ? null : context.getTargetingKey();
        return unit == null ? "" : unit;
    }

    /**
     * Reports a value of the metric with the event's name, for what the unit got last in this process, in each study with this metric.
     * An event that {@link StudyFlag#exposedBy} names says that the unit met it. The value is the details' value, or 1. Of the details' attributes, {@code id} makes events with the same id count once, and
     * {@code token} (in the metadata of an evaluation) says what the unit got, also in another process.
     */
    @Override
    public void track(String metric, EvaluationContext context, @Nullable TrackingEventDetails details) {
        tracker.track(studies, metric, unit(context), details);
    }
}
