package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** Takes candidates from a share group: one at a time, acknowledged explicitly, held by renewing the lease. */
final class ShareIntake implements Slot.Intake {
    private static final Logger LOG = Logger.getLogger(ShareIntake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int DEFAULT_LOCK_MILLIS = 30_000;

    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final MarkerWatch watch;
    private final Counters counters;

    ShareIntake(KafkaSettings kafka, String clientId, ShareGroup group, Counters counters) {
        // Exactly one at a time: a candidate that waits here cannot be evaluated elsewhere.
        Map<String, Object> config = Map.of(
                "client.id",
                clientId,
                "group.id",
                group.name(),
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                1);
        this.consumer = new KafkaShareConsumer<>(
                kafka.shareConsumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.counters = counters;
        consumer.setAcknowledgementCommitCallback((offsets, problem) -> {
            if (problem != null) {
                LOG.infof(
                        "an acknowledgement came too late, so the candidate is delivered again: %s",
                        problem.getMessage());
            }
        });
        this.watch = new MarkerWatch(consumer, clientId);
        consumer.subscribe(List.of(group.topic()));
    }

    @Override
    public void step(Slot slot) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> delivered : watch.poll(POLL, slot::isStopping)) {
            Duration renewEvery =
                    Duration.ofMillis(consumer.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS) / 3);
            ShareLease lease = new ShareLease(consumer, delivered, renewEvery, counters.renewals);
            Answer answer = slot.evaluate(delivered, renewEvery, lease);
            if (answer != null) {
                lease.settle(answer);
            }
        }
    }

    @Override
    public void close() {
        watch.close();
        // Sends acknowledgements; the broker releases the rest.
        consumer.close(Duration.ofSeconds(5));
    }
}
