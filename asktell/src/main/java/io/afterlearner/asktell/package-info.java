/**
 * The library's API: all that users import. Black-box optimizers that are asked for points and told their losses, without
 * I/O, threads or clocks.
 *
 * <p>This package imports nothing but {@code java.*}, and every other package may import it. {@link
 * io.afterlearner.asktell.Optimizers} reaches the algorithms through a service provider. Imports point one way: API and
 * {@code math} &lt;- {@code code}, {@code coordinates} &lt;- {@code search} &lt;- {@code design} &lt;- {@code mutation}, {@code
 * population}, {@code strategy}, {@code quadratic}, {@code process}; {@code ledger}, {@code pareto} and {@code preference}
 * beside them &lt;- {@code catalogue}. Only this package may be imported by other modules.
 */
@NullMarked
package io.afterlearner.asktell;

import org.jspecify.annotations.NullMarked;
