/** Tests of the Kafka side. */
@NullMarked
package io.afterlearner.feedback.shell.telemetry;

import org.jspecify.annotations.NullMarked;
