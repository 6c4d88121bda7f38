/** Files fetched by HTTP and kept by digest, within limits. Knows neither models nor studies. */
@NullMarked
package io.afterlearner.evaluation.fetch;

import org.jspecify.annotations.NullMarked;
