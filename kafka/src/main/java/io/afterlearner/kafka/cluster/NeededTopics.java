package io.afterlearner.kafka.cluster;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The topics without which a process cannot work, and which of them are missing. What is missing is logged when it changes, and
 * every minute. Thread-safe.
 */
public final class NeededTopics {
    private static final System.Logger LOG = System.getLogger(NeededTopics.class.getName());
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Set<String> names;
    private volatile Set<String> missing = Set.of();
    private final List<Count> counts = new CopyOnWriteArrayList<>();
    private boolean unusable;
    private long saidNanos;

    private record Count(String topic, int partitions, Runnable otherwise) {}

    public NeededTopics(Collection<String> names) {
        this.names = Set.copyOf(names);
    }

    /** The topics of which these rights name each one, without those of which they name a prefix. */
    public static NeededTopics of(Collection<Right> rights) {
        return new NeededTopics(rights.stream()
                .filter(right -> right.type() == ResourceType.TOPIC && !right.prefixed())
                .map(Right::resource)
                .collect(Collectors.toSet()));
    }

    /**
     * Adds that this process counts on a number of partitions.
     *
     * @param otherwise what to do if the topic has another number once it exists
     */
    public NeededTopics counting(String topic, int partitions, Runnable otherwise) {
        counts.add(new Count(topic, partitions, otherwise));
        return this;
    }

    /** Whether the topics have the numbers of partitions that this process counts on. */
    public synchronized boolean areAsCounted(Map<String, Integer> partitions) {
        for (Count count : counts) {
            Integer found = partitions.get(count.topic());
            if (found != null && found != count.partitions() && !unusable) {
                unusable = true;
                count.otherwise().run();
            }
        }
        return !unusable;
    }

    /**
     * Asks Kafka which are missing, and takes note of it.
     *
     * @throws KafkaException if Kafka does not answer within a minute, or refuses
     */
    public Set<String> missing(Admin admin) throws InterruptedException {
        return missing(existing(admin));
    }

    /**
     * Asks Kafka which of these topics are missing.
     *
     * @throws KafkaException if Kafka does not answer within a minute, or refuses
     */
    public static Set<String> missingOf(Collection<String> topics, Admin admin) throws InterruptedException {
        Set<String> missing = new TreeSet<>(topics);
        missing.removeAll(existing(admin));
        return missing;
    }

    /** The topics that this process reads or writes. */
    public Set<String> names() {
        return names;
    }

    /** A process that is told to end while Kafka does not answer ends at once: shutting down waits for its start. */
    private static Set<String> existing(Admin admin) throws InterruptedException {
        Thread giveUp = new Thread(() -> admin.close(Duration.ZERO), "give-up-kafka");
        try {
            Runtime.getRuntime().addShutdownHook(giveUp);
            try {
                return listed(admin);
            } finally {
                Runtime.getRuntime().removeShutdownHook(giveUp);
            }
        } catch (IllegalStateException e) {
            throw new KafkaException("the topics are not listed, because this process ends", e);
        }
    }

    private static Set<String> listed(Admin admin) throws InterruptedException {
        try {
            return admin.listTopics().names().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be listed: " + KafkaReason.of(e), e);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not list its topics within " + ANSWER.toSeconds() + " s", e);
        }
    }

    /** Takes note of the topics that exist, and returns which are missing. */
    public synchronized Set<String> missing(Set<String> existing) {
        Set<String> now = new TreeSet<>(names);
        now.removeAll(existing);
        say(now);
        missing = Set.copyOf(now);
        return now;
    }

    private void say(Set<String> now) {
        boolean changed = !now.equals(missing);
        if (now.isEmpty() && changed) {
            LOG.log(System.Logger.Level.INFO, "all topics exist");
        } else if (!now.isEmpty() && (changed || System.nanoTime() - saidNanos > REPEAT_NANOS)) {
            saidNanos = System.nanoTime();
            LOG.log(System.Logger.Level.WARNING, "waiting: {0}", line(now));
        }
    }

    /** What is missing and how to create it; null if nothing is. */
    public @Nullable String problem() {
        Set<String> now = missing;
        return now.isEmpty() ? null : line(now);
    }

    /** What is wrong and how to fix it, in one line. */
    public static String line(Collection<String> missing) {
        Set<String> sorted = new TreeSet<>(missing);
        return "Kafka has no " + (sorted.size() == 1 ? "topic " : "topics ") + String.join(", ", sorted)
                + ", or this process may not see " + (sorted.size() == 1 ? "it" : "them") + "; run "
                + createCommand(sorted) + ", or grant the rights that ./afterlearner topics acls prints";
    }

    /** The command that creates these topics. */
    public static String createCommand(Collection<String> missing) {
        List<String> pools = missing.stream()
                .map(NeededTopics::pool)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
        return "./afterlearner topics create"
                + pools.stream().map(pool -> " --pool " + pool).collect(Collectors.joining());
    }

    private static Optional<String> pool(String topic) {
        Optional<String> pool = topic.startsWith(Topics.VERDICT_REQUESTS)
                ? Optional.of(topic.substring(Topics.VERDICT_REQUESTS.length()))
                : Topics.pool(topic);
        return pool.filter(name -> !name.equals(OnlineRules.POOL));
    }
}
