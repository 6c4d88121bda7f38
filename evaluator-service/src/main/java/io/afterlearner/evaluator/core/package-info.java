/** What an evaluator decides: pure functions and data structures over the JDK alone. No Kafka, no threads started, no I/O. */
@NullMarked
package io.afterlearner.evaluator.core;

import org.jspecify.annotations.NullMarked;
