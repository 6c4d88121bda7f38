/** A verdict as a record on a topic, and back. No Kafka. */
@NullMarked
package io.afterlearner.evaluation.verdict;

import org.jspecify.annotations.NullMarked;
