/** Files fetched by HTTP or from S3 and kept by digest, within limits. Knows neither models nor studies. */
@NullMarked
package io.afterlearner.evaluation.fetch;

import org.jspecify.annotations.NullMarked;
