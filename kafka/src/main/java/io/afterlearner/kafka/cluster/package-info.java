/** Creates and checks the topics and share groups of a Kafka cluster, as {@code io.afterlearner.schemas.cluster} lists them. */
@NullMarked
package io.afterlearner.kafka.cluster;

import org.jspecify.annotations.NullMarked;
