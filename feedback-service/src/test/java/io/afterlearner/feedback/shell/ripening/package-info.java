/** Tests of the Kafka side. */
@NullMarked
package io.afterlearner.feedback.shell.ripening;

import org.jspecify.annotations.NullMarked;
