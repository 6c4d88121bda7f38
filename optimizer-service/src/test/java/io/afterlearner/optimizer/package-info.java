/** The service as a process beside a real broker. */
@NullMarked
package io.afterlearner.optimizer;

import org.jspecify.annotations.NullMarked;
