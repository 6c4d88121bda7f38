/** Tests of the Kafka side. */
@NullMarked
package io.afterlearner.feedback.shell.topology;

import org.jspecify.annotations.NullMarked;
