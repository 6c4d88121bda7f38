/**
 * What an online study makes of what comes back, as pure functions and a fold; no Kafka, no clock, no threads, no
 * randomness.
 */
@NullMarked
package io.afterlearner.feedback.core;

import org.jspecify.annotations.NullMarked;
