/** Tests of the shell: Kafka and stored state. */
@NullMarked
package io.afterlearner.feedback.shell.judging;

import org.jspecify.annotations.NullMarked;
