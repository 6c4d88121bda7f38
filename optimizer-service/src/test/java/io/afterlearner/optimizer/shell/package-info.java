/** The Streams processor without a broker. */
@NullMarked
package io.afterlearner.optimizer.shell;

import org.jspecify.annotations.NullMarked;
