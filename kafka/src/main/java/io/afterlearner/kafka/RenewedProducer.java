package io.afterlearner.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * A producer that is replaced once it cannot be used any more. After refused credentials, and without the right to begin, an
 * idempotent producer of Kafka fails each record for ever, also when the credentials are accepted and the right is granted.
 * Thread-safe.
 */
final class RenewedProducer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RenewedProducer.class.getName());
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_CAUSES = 16;

    private final Supplier<KafkaProducer<byte[], byte[]>> opener;
    private volatile KafkaProducer<byte[], byte[]> current;
    private volatile boolean spent;
    private long openedNanos = System.nanoTime();

    RenewedProducer(Supplier<KafkaProducer<byte[], byte[]>> opener) {
        this.opener = opener;
        this.current = opener.get();
    }

    List<PartitionInfo> partitionsFor(String topic) {
        KafkaProducer<byte[], byte[]> used = usable();
        try {
            return used.partitionsFor(topic);
        } catch (KafkaException e) {
            failed(used, e);
            throw e;
        }
    }

    void send(ProducerRecord<byte[], byte[]> record, Callback done) {
        KafkaProducer<byte[], byte[]> used = usable();
        try {
            // The callback says all that the returned future would.
            var unused = used.send(record, (sent, failure) -> {
                failed(used, failure);
                done.onCompletion(sent, failure);
            });
        } catch (KafkaException e) {
            failed(used, e);
            throw e;
        }
    }

    private void failed(KafkaProducer<byte[], byte[]> used, @Nullable Throwable failure) {
        if (failure != null && used == current && isFinal(failure)) {
            spent = true;
        }
    }

    private static boolean isFinal(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (at instanceof AuthenticationException || at instanceof ClusterAuthorizationException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private KafkaProducer<byte[], byte[]> usable() {
        if (spent) {
            renew();
        }
        return current;
    }

    private synchronized void renew() {
        if (!spent || System.nanoTime() - openedNanos < AGAIN_NANOS) {
            return;
        }
        openedNanos = System.nanoTime();
        KafkaProducer<byte[], byte[]> old = current;
        try {
            current = opener.get();
            spent = false;
            old.close(Duration.ZERO);
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, "no other producer can be opened yet", e);
        }
    }

    /** Waits for records in flight, at most five seconds. */
    @Override
    public synchronized void close() {
        spent = false;
        current.close(Duration.ofSeconds(5));
    }
}
