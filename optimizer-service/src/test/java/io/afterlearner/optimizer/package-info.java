/** Tests of the service as a process with a real broker. */
@NullMarked
package io.afterlearner.optimizer;

import org.jspecify.annotations.NullMarked;
