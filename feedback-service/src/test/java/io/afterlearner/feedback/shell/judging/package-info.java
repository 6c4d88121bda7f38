/** Tests of the Kafka side. */
@NullMarked
package io.afterlearner.feedback.shell.judging;

import org.jspecify.annotations.NullMarked;
