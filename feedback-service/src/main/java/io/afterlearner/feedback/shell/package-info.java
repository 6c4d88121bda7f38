/** The Kafka side of the core: Streams processors, topics, the clock; what a study does is not decided here. */
@NullMarked
package io.afterlearner.feedback.shell;

import org.jspecify.annotations.NullMarked;
