/** The judge of an online study: a fold of inputs into state and decisions; no Kafka, clock, threads or randomness. */
@NullMarked
package io.afterlearner.feedback.core.judge;

import org.jspecify.annotations.NullMarked;
