package io.afterlearner.kafka;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing record without its key: the topic and the encoded value.
 *
 * @param value null for a tombstone
 */
public record Out(String topic, byte @Nullable [] value) {}
