package io.afterlearner.kafka;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Kafka did not answer in time. Whether it has the record is unknown, so send it again only if a second copy does no harm.
 * The message is one line that a user may read.
 */
public final class BrokerAwayException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public BrokerAwayException(Duration within, @Nullable Throwable cause) {
        super("Kafka did not answer within " + within.toMillis() / 1000.0 + " s; try again", cause);
    }
}
