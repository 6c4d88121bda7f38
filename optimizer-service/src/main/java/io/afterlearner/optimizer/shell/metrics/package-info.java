/** The optimizer's metrics by study and pool. No Kafka, and nothing is decided here. */
@NullMarked
package io.afterlearner.optimizer.shell.metrics;

import org.jspecify.annotations.NullMarked;
