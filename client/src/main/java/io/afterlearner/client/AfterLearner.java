package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Feedback;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An online study as an application sees it: ask what a unit gets, serve it, report what came of it.
 *
 * <pre>{@code
 * try (AfterLearner afterLearner = AfterLearner.connect("ranking-1a2b3c4d", shipped, Map.of("bootstrap.servers", "kafka:9092"), secret)) {
 *     Assignment got = afterLearner.assign(userId);
 *     List<Item> page = rank(items, got.values());
 *     afterLearner.report(afterLearner.token(got), "click", 1);
 * }
 * }</pre>
 *
 * <p>Nothing here blocks or throws because of Kafka. With Kafka away the champion heard of last is served, and nothing is
 * explored, since a revert would not be heard of either; before anything was heard of, ℵ₀ is. Thread-safe.
 */
public final class AfterLearner implements AutoCloseable {
    private final String study;
    private final double[] shipped;
    private final Tokens tokens;
    private final Follower<Served> arms;
    private final Outbox outbox;
    private final InstantSource clock;

    AfterLearner(
            String study, double[] shipped, Tokens tokens, Follower<Served> arms, Outbox outbox, InstantSource clock) {
        this.study = study;
        this.shipped = shipped.clone();
        this.tokens = tokens;
        this.arms = arms;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Begins to follow a study, and returns at once.
     *
     * @param study its identity
     * @param shipped ℵ₀, served until the study is heard of
     * @param kafka bootstrap.servers and, where needed, security settings
     * @param secret what the feedback service signs tokens with
     * @throws IllegalArgumentException if the secret is too short
     */
    public static AfterLearner connect(String study, double[] shipped, Map<String, Object> kafka, String secret) {
        Tokens tokens = new Tokens(List.of(secret));
        Follower<Served> arms = Served.follow(kafka);
        arms.start();
        return new AfterLearner(study, shipped, tokens, arms, new Outbox(kafka), InstantSource.system());
    }

    /**
     * What a unit gets, and a record that it did.
     *
     * @param unit 1 to {@link Served#MOST_UNIT_CHARACTERS} characters; any other gets ℵ₀, and is not recorded
     */
    public Assignment assign(String unit) {
        long now = clock.millis();
        Optional<Served> served = arms.get(study);
        if (served.isEmpty() || unit.isEmpty() || unit.length() > Served.MOST_UNIT_CHARACTERS) {
            return new Assignment(study, "", unit, Arm.UNKNOWN, 0, shipped.clone(), now, now);
        }
        Assignment assignment = served.get().assign(unit, now, arms.isCurrent());
        outbox.exposed(assignment);
        return assignment;
    }

    /** Proof of an assignment, for whoever reports later or elsewhere; empty where nothing was recorded. */
    public String token(Assignment assignment) {
        return assignment.id().isEmpty() ? "" : tokens.sign(assignment);
    }

    /** Reports a value; what is not a finite number, and what has no token, is left out. */
    public void report(String token, String metric, double value) {
        report(token, metric, value, UUID.randomUUID().toString());
    }

    /** As the other, for an event that may be reported twice: the same id counts once. */
    public void report(String token, String metric, double value, String id) {
        if (!Double.isFinite(value)) {
            return;
        }
        try {
            Token read = tokens.read(token);
            outbox.reported(new Feedback(
                    read.assignment(), id, read.study(), read.number(), metric, value, clock.millis(), token));
        } catch (TokenException e) {
            return;
        }
    }

    /** How many exposures and reports never got to Kafka. */
    public long dropped() {
        return outbox.dropped();
    }

    /** Whether the study was heard of and Kafka answers. */
    public boolean isConnected() {
        return arms.get(study).isPresent() && arms.isCurrent();
    }

    @Override
    public void close() {
        arms.close();
        outbox.close();
    }
}
