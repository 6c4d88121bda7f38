/** Which of its rights a process lacks on Kafka, for its log, metrics and health. Knows the rights it is given, not who needs them. */
@NullMarked
package io.afterlearner.kafka.rights;

import org.jspecify.annotations.NullMarked;
