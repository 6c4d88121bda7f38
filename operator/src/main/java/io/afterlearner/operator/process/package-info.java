/** Configuration, start, health and metrics of the process. */
@NullMarked
package io.afterlearner.operator.process;

import org.jspecify.annotations.NullMarked;
