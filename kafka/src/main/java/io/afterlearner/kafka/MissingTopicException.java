package io.afterlearner.kafka;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A topic does not exist, or this client may not see it. */
public final class MissingTopicException extends KafkaException {
    private static final long serialVersionUID = 1;

    MissingTopicException(String topic) {
        super("topic " + topic + " does not exist");
    }

    /** @param line one line: which topics, and how to create them */
    public static MissingTopicException saying(String line) {
        return new MissingTopicException(line, null);
    }

    private MissingTopicException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
