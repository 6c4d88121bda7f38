/**
 * Evolution strategies: a normal distribution that adapts. Imports {@code design}, {@code search} and what is below
 * them.
 */
@NullMarked
package io.afterlearner.asktell.strategy;

import org.jspecify.annotations.NullMarked;
