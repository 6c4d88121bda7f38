/** What the services that run Kafka Streams share: clients, failure handling, output, dead letters. The only package that needs kafka-streams. */
@NullMarked
package io.afterlearner.kafka.streams;

import org.jspecify.annotations.NullMarked;
