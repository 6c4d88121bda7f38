package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The Kafka of a stack: the user's own if {@code bootstrap.servers} is set, else a broker inside this process. */
final class Broker implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);
    private static final Layout LAYOUT = Layout.of(1, (short) 1);
    /** A broker preallocates files; with less than this it cannot go on. */
    private static final long FULL_MIB = 64;

    private final KafkaSettings kafka;
    private final @Nullable EmbeddedKafka embedded;

    private Broker(KafkaSettings kafka, @Nullable EmbeddedKafka embedded) {
        this.kafka = kafka;
        this.embedded = embedded;
    }

    static Broker start(Home home, StackSettings settings) {
        KafkaSettings user = settings.kafka();
        if (user.hasBootstrapServers()) {
            return new Broker(user, null);
        }
        int port = Ports.claim(settings.kafkaPort(), "--kafka-port");
        EmbeddedKafka.beforeHalt(() -> System.err.println("\nafterlearner: " + halted(home)));
        try {
            EmbeddedKafka embedded = EmbeddedKafka.start(home.kafka(), port);
            return new Broker(user.with("bootstrap.servers", embedded.bootstrapServers()), embedded);
        } catch (IOException e) {
            throw new StackException(
                    "the broker does not start in " + home.kafka() + ": " + Refusal.reason(e)
                            + "; free space there, or choose another folder with --home",
                    e);
        }
    }

    /** Why the broker most likely ends this process. */
    static String halted(Home home) {
        long freeMib = home.folder().toFile().getUsableSpace() >> 20;
        return "the broker cannot write to " + home.kafka() + " and stopped; "
                + (freeMib < FULL_MIB ? "only " + freeMib + " MiB are free there: free some" : "check the disk")
                + ", then run the same command to resume";
    }

    /**
     * Creates the missing topics on the embedded broker.
     *
     * @throws StackException if a topic that this process reads is missing on the user's own Kafka, on which only {@code topics
     *     create} creates any
     */
    void requireTopics(Home home, String pool) throws InterruptedException {
        try (Admin admin = kafka.newAdmin()) {
            if (embedded == null) {
                Set<String> read = NeededTopics.of(ServiceRights.operator()).names();
                refuseMissing(home, NeededTopics.missingOf(read, admin), pool);
            } else {
                EmbeddedKafka.createOwnTopics(admin);
                ClusterSetup.create(admin, LAYOUT, List.of(pool));
            }
        } catch (KafkaException e) {
            throw new StackException(
                    "Kafka at " + kafka.bootstrapServers() + " cannot be used: " + KafkaReason.of(e)
                            + "; check bootstrap.servers and the security settings under kafka.*",
                    e);
        }
    }

    /** This process may not see topics that only services use: those name them themselves. */
    private void refuseMissing(Home home, Set<String> missing, String pool) {
        if (!missing.isEmpty()) {
            throw new StackException("Kafka at " + kafka.bootstrapServers() + " has no "
                    + (missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing) + "; run "
                    + home.hint("topics", "create", "--pool", pool) + " first");
        }
    }

    /** Settings of clients. */
    KafkaSettings kafka() {
        return kafka;
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    @Override
    public void close() {
        EmbeddedKafka broker = embedded;
        if (broker == null) {
            return;
        }
        try {
            CompletableFuture.runAsync(broker::close).get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It recovers its log at the next start, as after a crash.
            System.err.println("the broker did not stop cleanly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
