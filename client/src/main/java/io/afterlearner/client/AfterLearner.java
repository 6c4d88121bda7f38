package io.afterlearner.client;

import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An online study as an application uses it: ask what a unit gets, serve it, report what came of it.
 *
 * <pre>{@code
 * Map<String, Object> kafka = Map.of("bootstrap.servers", "kafka:9092");       // and security.protocol, sasl.*, ssl.*
 * try (Keys keys = Keys.ofFiles(Path.of("/etc/afterlearner/token-secret"), Path.of("/etc/afterlearner/unit-key"));
 *         AfterLearner afterLearner = AfterLearner.connect("ranking-1a2b3c4d", shipped, kafka, keys)) {
 *     Assignment got = afterLearner.assign(userId);
 *     List<Item> page = rank(items, got.values());
 *     afterLearner.report(afterLearner.token(got), "click", 1);
 * }
 * }</pre>
 *
 * <p>No method waits for Kafka or throws because of it. With Kafka away, units get the last known champion and nobody gets a
 * candidate, because a revert would not be noticed. Before anything is known, and after the study was deleted, units get ℵ₀
 * and nothing is recorded. Thread-safe.
 */
public final class AfterLearner implements AutoCloseable {
    private final String study;
    private final double[] shipped;
    private final Tokens tokens;
    private final UnitKeys units;
    private final Follower follower;
    private final Table<Served> arms;
    private final Outbox outbox;
    private final RightsWatch rights;
    private final InstantSource clock;
    private final String client;

    AfterLearner(String study, double[] shipped, Keys keys, KafkaSettings kafka, InstantSource clock) {
        this.study = study;
        this.shipped = shipped.clone();
        this.tokens = keys.tokens();
        this.units = keys.units();
        this.clock = clock;
        client = Objects.requireNonNullElse(kafka.get("client.id"), "embedded");
        Codec<Arms> codec = Codec.of(Arms.class);
        follower = new Follower(kafka, "arms");
        arms = follower.table(Topics.ARMS, bytes -> new Served(codec.decode(bytes)));
        outbox = new Outbox(kafka, units);
        rights = new RightsWatch(kafka, ServiceRights::application).atOnce();
    }

    /**
     * Begins to follow a study; returns at once.
     *
     * @param study its identity, which {@code study list} shows
     * @param shipped ℵ₀, served until the study is known here
     * @param kafka settings of every Kafka client: {@code bootstrap.servers} and, where needed, security; {@code client.id} is the
     *     client that asks for assignments, {@code embedded} by default
     * @param keys those of the feedback service; stay open until this is closed
     */
    public static AfterLearner connect(String study, double[] shipped, Map<String, ?> kafka, Keys keys) {
        AfterLearner connected =
                new AfterLearner(study, shipped, keys, KafkaSettings.of(kafka), InstantSource.system());
        connected.follower.start();
        connected.rights.start();
        return connected;
    }

    /**
     * Assigns an arm to a unit, and records that its pseudonym was exposed to it. The same unit gets the same arm until it
     * is drawn again.
     *
     * @param unit 1 to {@link Served#MAX_UNIT_CHARACTERS} characters of valid Unicode; any other gets ℵ₀ and is not recorded
     */
    public Assignment assign(String unit) {
        Assignment assignment = draw(unit);
        exposed(assignment);
        return assignment;
    }

    /** Like {@link #assign}, but records nothing: the unit counts once you call {@link #exposed}, or report on it. */
    public Assignment draw(String unit) {
        long now = clock.millis();
        Optional<Served> served = arms.get(study);
        if (served.isEmpty() || !Served.isUnit(unit)) {
            return new Assignment(study, "", unit, Arm.UNKNOWN, 0, shipped.clone(), now, now, now, 0, client);
        }
        return served.get()
                .assign(unit, now, follower.isCurrent(), units.current())
                .askedBy(client);
    }

    /**
     * Records that the pseudonym of a unit was exposed to what it was assigned; not after the end of the assignment's window, because
     * nothing that follows counts then.
     */
    public void exposed(Assignment assignment) {
        if (!assignment.id().isEmpty() && isOpen(assignment.expiresAtMillis())) {
            outbox.exposed(assignment, tokens);
        }
    }

    /**
     * Like the other {@code exposed}, in another process or later: records that the unit of this token met what it was assigned.
     * Repeating it changes nothing. A token that is not valid is ignored.
     */
    public void exposed(String token) {
        try {
            Token read = tokens.read(token);
            if (isOpen(read.expiresAtMillis())) {
                outbox.exposed(read.exposure(token));
            }
        } catch (TokenException e) {
            return;
        }
    }

    private boolean isOpen(long expiresAtMillis) {
        return clock.millis() <= expiresAtMillis;
    }

    /** The proof of an assignment, needed to report on it later or elsewhere; empty if the assignment was not recorded. */
    public String token(Assignment assignment) {
        return assignment.id().isEmpty() ? "" : tokens.sign(assignment);
    }

    /** Reports a value of a metric. A value that is not finite and a token that is not valid are ignored. */
    public void report(String token, String metric, double value) {
        report(token, metric, value, UUID.randomUUID().toString());
    }

    /** Like the other {@code report}, but idempotent: reports with the same id count once. */
    public void report(String token, String metric, double value, String id) {
        if (!Double.isFinite(value)) {
            return;
        }
        try {
            Token read = tokens.read(token);
            outbox.reported(new Feedback(
                    read.assignment(),
                    EventId.of(id),
                    read.study(),
                    read.number(),
                    metric,
                    value,
                    clock.millis(),
                    token));
        } catch (TokenException e) {
            return;
        }
    }

    /** Number of exposures and reports that did not reach Kafka. */
    public long dropped() {
        return outbox.dropped();
    }

    /**
     * What the application's user may not do on Kafka and needs to, and how to fix it, a line each; empty if nothing is missing.
     * Without the right to write, exposures and reports are dropped.
     */
    public List<String> missingRights() {
        return List.copyOf(rights.problems().values());
    }

    /** The number of the champion, 0 for ℵ₀; empty while the study is not known here, and once it is deleted. */
    public OptionalLong champion() {
        return arms().stream().mapToLong(now -> now.getChampion().getNumber()).findFirst();
    }

    /** The study as this process knows it: what it serves, its groups and metrics; empty while and once it is not known here. */
    public Optional<Arms> arms() {
        return arms.get(study).map(Served::arms);
    }

    /** Why the study cannot be read from Kafka now, one line; empty if it can, or if nothing has failed yet. */
    public String failure() {
        RuntimeException latest = follower.failure();
        return latest == null ? "" : KafkaReason.of(latest);
    }

    /** Whether trying again does not help: Kafka refuses the credentials, or no client can be created with the settings. */
    public boolean isRefused() {
        RuntimeException latest = follower.failure();
        return rights.isRefused() || (latest != null && KafkaReason.isOfSettings(latest));
    }

    /** Whether Kafka has said which rights the application's user has: {@link #missingRights} is complete. */
    public boolean areRightsKnown() {
        return rights.isAnswered();
    }

    /** Whether Kafka answers: what is known here is up to date. */
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    /** Whether the study is known here and Kafka answers. */
    public boolean isConnected() {
        return champion().isPresent() && isCurrent();
    }

    @Override
    public void close() {
        rights.close();
        follower.close();
        outbox.close();
    }
}
