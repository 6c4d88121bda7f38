/** Tests of the Kafka side. */
@NullMarked
package io.afterlearner.feedback.shell;

import org.jspecify.annotations.NullMarked;
