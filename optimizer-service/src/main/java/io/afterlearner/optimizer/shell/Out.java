package io.afterlearner.optimizer.shell;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way out.
 *
 * @param value null is a tombstone
 */
record Out(String topic, byte @Nullable [] value) {}
