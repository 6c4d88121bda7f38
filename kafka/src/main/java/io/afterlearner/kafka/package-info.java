/** Everything AfterLearner's processes share about talking to Kafka: client settings, reading, sending, dead letters. No study logic and no framework belongs here. */
@NullMarked
package io.afterlearner.kafka;

import org.jspecify.annotations.NullMarked;
