package io.afterlearner.kafka;

import org.apache.kafka.common.KafkaException;

/** A topic does not exist, or this client may not see it. */
public final class MissingTopicException extends KafkaException {
    private static final long serialVersionUID = 1;

    MissingTopicException(String topic) {
        super("topic " + topic + " does not exist");
    }
}
