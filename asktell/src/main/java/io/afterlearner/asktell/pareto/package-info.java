/** Search for the trade-offs between several losses. Imports {@code coordinates} and what is below it. */
@NullMarked
package io.afterlearner.asktell.pareto;

import org.jspecify.annotations.NullMarked;
