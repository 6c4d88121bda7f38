/** What a study does about what happens to it, as pure functions and a fold; no Kafka, no clock, no threads, no framework. */
@NullMarked
package io.afterlearner.optimizer.core;

import org.jspecify.annotations.NullMarked;
