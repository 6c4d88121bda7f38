/** The Kafka side of the core: a Streams processor, the topics, the clock; what a study does is not decided here. */
@NullMarked
package io.afterlearner.optimizer.shell;

import org.jspecify.annotations.NullMarked;
