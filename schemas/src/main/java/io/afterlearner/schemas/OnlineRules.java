package io.afterlearner.schemas;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rules for online studies, beyond the types of their record. Every component that accepts a spec checks it here; a study
 * that passes can be served and judged.
 */
public final class OnlineRules {
    /** The evaluator pool of all online studies; no evaluator serves it. */
    public static final String POOL = "online";

    public static final long MIN_WINDOW_MILLIS = 100;
    public static final long MAX_WINDOW_MILLIS = Duration.ofDays(30).toMillis();
    /** Longest timeout of a candidate that users score: longer than the longest horizon and window together. */
    public static final long MAX_TIMEOUT_MILLIS = Duration.ofDays(90).toMillis();

    public static final long MIN_SLICE_MILLIS = 1_000;
    public static final long MAX_SLICE_MILLIS = Duration.ofDays(1).toMillis();
    public static final long MAX_HORIZON_MILLIS = Duration.ofDays(35).toMillis();
    /** Longest minimum run, and longest cycle. */
    public static final long MAX_PERIOD_MILLIS = Duration.ofDays(35).toMillis();

    public static final int MAX_RAMP_STEPS = 10;
    public static final long MAX_EXPOSURES = 1_000_000_000;
    public static final int MAX_GUARDRAILS = 16;
    /**
     * All values that units may be assigned must fit into one record, and into the state of the study, which is text and has
     * them up to three times.
     */
    private static final long MAX_SERVED_BYTES = Codec.MAX_RECORD_BYTES / 8;

    private OnlineRules() {}

    /**
     * Checks a study. One that is not online passes unless it uses the pool of online studies.
     *
     * @throws RefusedException for the first violation
     */
    public static void check(StudySpec spec) {
        OnlineSpec online = spec.getOnline();
        boolean isOnline = online != null;
        require(
                spec.getEvaluation().getPool().equals(POOL) == isOnline,
                "evaluation.pool",
                isOnline
                        ? "must be " + POOL + ", because users evaluate, not evaluators"
                        : "cannot be " + POOL + ", which is reserved for online studies");
        if (online != null) {
            standsAlone(spec);
            shares(online);
            times(spec, online);
            metrics(online);
            endings(spec, online);
            served(spec);
            TelemetryRules.check(online);
            QueryRules.check(online);
            WinsoriseRules.check(online);
            RatioRules.check(online);
            CovariateRules.check(online);
            EarlyRules.check(online);
        }
    }

    static void require(boolean fine, String field, String problem) {
        require(fine, field, problem, "");
    }

    static void require(boolean fine, String field, String problem, String fix) {
        if (!fine) {
            throw new RefusedException(field, problem, fix);
        }
    }

    private static void standsAlone(StudySpec spec) {
        String problem = "cannot be combined with online, where users are the loss";
        require(spec.getLoss() == null, "loss", problem, "remove it");
        require(spec.getSearch() == null, "search", problem, "remove it");
        require(spec.getTest() == null, "test", problem, "remove it");
    }

    private static void shares(OnlineSpec online) {
        double explore = online.getExploreShare();
        double control = online.getControlShare();
        require(online.getUnit() != Unit.UNKNOWN, "online.unit", "must be USER, SESSION or REQUEST");
        require(explore > 0 && explore < 1, "online.exploreShare", "must be above 0 and below 1, not " + explore);
        require(control > 0 && control < 1, "online.controlShare", "must be above 0 and below 1, not " + control);
        require(
                explore + control < 1,
                "online.exploreShare",
                "must leave units to the champion: with a control share of " + control + " it must be below "
                        + (1 - control));
    }

    private static void times(StudySpec spec, OnlineSpec online) {
        long window = online.getWindowMillis();
        long slice = online.getSliceMillis();
        within(window, MIN_WINDOW_MILLIS, MAX_WINDOW_MILLIS, "online.windowMillis", "");
        if (slice != 0) {
            within(slice, MIN_SLICE_MILLIS, MAX_SLICE_MILLIS, "online.sliceMillis", ", or 0 to assign units");
        }
        pace(online);
        long horizon = online.getPace().getHorizonMillis();
        boolean early = online.getTellAfterMillis() > 0;
        long age = early ? online.getTellAfterMillis() : window;
        // What a unit does in a longer horizon counts so long after its end.
        long complete = horizon > window ? horizon + age : age;
        long timeout = spec.getEvaluation().getTimeoutMillis();
        require(
                timeout > complete,
                "evaluation.timeoutMillis",
                "must be above the "
                        + (complete == age
                                ? (early ? "tellAfter of " : "attribution window of ") + age + " ms"
                                : complete + " ms of a horizon and a " + (early ? "tellAfter" : "window"))
                        + ", or every candidate expires before it is scored; it is " + timeout,
                "set a longer one, or remove it");
    }

    private static void pace(OnlineSpec online) {
        Pace pace = online.getPace();
        if (pace.getHorizonMillis() != 0) {
            require(
                    online.getUnit() != Unit.REQUEST && online.getSliceMillis() == 0,
                    "online.pace.horizonMillis",
                    "is for users and sessions, which return; requests and slices are drawn once",
                    "remove it");
            within(
                    pace.getHorizonMillis(),
                    MIN_WINDOW_MILLIS,
                    MAX_HORIZON_MILLIS,
                    "online.pace.horizonMillis",
                    ", or 0 for the attribution window");
        }
        within(pace.getMinimumRunMillis(), 0, MAX_PERIOD_MILLIS, "online.pace.minimumRunMillis", "");
        within(pace.getCycleMillis(), 0, MAX_PERIOD_MILLIS, "online.pace.cycleMillis", "");
        ramp(pace.getRamp());
    }

    private static void ramp(List<Double> ramp) {
        boolean rises = IntStream.range(0, ramp.size()).allMatch(i -> ramp.get(i) > (i == 0 ? 0 : ramp.get(i - 1)));
        boolean ends = ramp.isEmpty() || ramp.get(ramp.size() - 1) == 1;
        require(
                rises && ends && ramp.size() <= MAX_RAMP_STEPS,
                "online.pace.ramp",
                "must be at most " + MAX_RAMP_STEPS + " rising shares that end with 1, such as [0.05, 0.25, 1], not "
                        + ramp);
    }

    private static void within(long value, long least, long most, String field, String or) {
        require(value >= least && value <= most, field, "must be " + least + " to " + most + or + ", not " + value);
    }

    private static void metrics(OnlineSpec online) {
        metric(online.getMetric(), "online.metric");
        List<Guardrail> guardrails = online.getGuardrails();
        require(
                guardrails.size() <= MAX_GUARDRAILS,
                "online.guardrails",
                "must be at most " + MAX_GUARDRAILS + ", not " + guardrails.size());
        IntStream.range(0, guardrails.size())
                .forEach(i -> guardrail(guardrails.get(i), "online.guardrails[" + i + "]"));
    }

    private static void metric(Metric metric, String field) {
        String name = metric.getName();
        require(isName(name), field + ".name", "must be 1 to 100 characters without control characters");
        require(
                metric.getAggregate() != Aggregate.UNKNOWN,
                field + ".aggregate",
                "must be MEAN, SUM, RATE, P50, P95, P99 or RATIO");
        require(metric.getGoal() != Goal.UNKNOWN, field + ".goal", "must be MAXIMIZE or MINIMIZE");
        range(metric, field);
        silence(metric.getSilence(), metric, field + ".silence");
    }

    static boolean isName(String name) {
        return name.matches("\\P{Cntrl}{1,100}");
    }

    private static void range(Metric metric, String field) {
        double low = metric.getLow();
        double high = metric.getHigh();
        require(
                low < high && Double.isFinite(high - low),
                field + ".low",
                "must be below high, both finite, not " + low + " and " + high);
        require(
                metric.getAggregate() != Aggregate.RATE || (low == 0 && high == 1),
                field + ".low",
                "must be 0, and high 1, for a rate");
        require(
                !isQuantile(metric.getAggregate()) || low >= 0,
                field + ".low",
                "must be at least 0 for a quantile, not " + low + ", because values below 0 are not distinguished");
    }

    private static boolean isQuantile(Aggregate aggregate) {
        return aggregate == Aggregate.P50 || aggregate == Aggregate.P95 || aggregate == Aggregate.P99;
    }

    private static void silence(@Nullable Double silence, Metric metric, String field) {
        double low = metric.getLow();
        double high = metric.getHigh();
        require(
                silence == null || metric.getAggregate() == Aggregate.RATIO || (silence >= low && silence <= high),
                field,
                "must lie within the range of " + low + " to " + high + ", not " + silence);
    }

    /** A ratio is meaningful for non-negative values only, and ℵ₀ itself must be within the limit. */
    private static void guardrail(Guardrail guardrail, String field) {
        Metric metric = guardrail.getMetric();
        metric(metric, field + ".metric");
        require(
                metric.getLow() >= 0,
                field + ".metric.low",
                "must be at least 0, because a guardrail's limit is a ratio; it is " + metric.getLow());
        double limit = guardrail.getLimit();
        boolean minimized = metric.getGoal() == Goal.MINIMIZE;
        require(
                minimized ? limit >= 1 && Double.isFinite(limit) : limit > 0 && limit <= 1,
                field + ".limit",
                minimized
                        ? "must be at least 1, such as 1.05 for at most 5 % more than control, not " + limit
                        : "must be above 0 and at most 1, such as 0.95 for at most 5 % less than control, not "
                                + limit);
    }

    private static void endings(StudySpec spec, OnlineSpec online) {
        long exposures = online.getExposures();
        double reach = online.getTrustRegion();
        double confidence = online.getConfidence();
        long most = online.getExposureLimit();
        long deadline = online.getDeadlineMillis();
        within(exposures, 2, MAX_EXPOSURES, "online.exposures", "");
        require(reach > 0 && Double.isFinite(reach), "online.trustRegion", "must be above 0, not " + reach);
        require(
                confidence >= 0.5 && confidence < 1,
                "online.confidence",
                "must be at least 0.5 and below 1, such as 0.95, not " + confidence);
        require(
                most == 0 || most >= exposures,
                "online.exposureLimit",
                "must be at least the " + exposures + " exposures of one candidate, or 0 for no limit; it is " + most);
        require(
                deadline == 0 || deadline > spec.getCreatedAtMillis(),
                "online.deadlineMillis",
                "must be after the study begins, in epoch milliseconds, or 0 for never; it is " + deadline);
    }

    /** Control, champion and one candidate for each slot go into one record. */
    private static void served(StudySpec spec) {
        int parallelism = spec.getOptimizer().getParallelism();
        long values = spec.getAleph().stream()
                .mapToLong(group -> group.getInitial().size())
                .sum();
        long slots = MAX_SERVED_BYTES / Double.BYTES / Math.max(1, values) - 2;
        require(parallelism >= 1, "optimizer.parallelism", "must be at least 1, not " + parallelism);
        require(
                parallelism <= slots,
                "optimizer.parallelism",
                "must be at most " + slots + " with " + values + " ℵ-parameters in an online study, whose candidates"
                        + " are served from one record; it is " + parallelism);
    }
}
