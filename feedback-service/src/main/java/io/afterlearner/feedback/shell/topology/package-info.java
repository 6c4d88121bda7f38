/** The Kafka Streams topology and what Quarkus needs to start it; nothing else depends on this package. */
@NullMarked
package io.afterlearner.feedback.shell.topology;

import org.jspecify.annotations.NullMarked;
