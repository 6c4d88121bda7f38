/** Reads PromQL as far as it takes to check names, labels and types. Only for tests. */
@NullMarked
package io.afterlearner.observability.promql;

import org.jspecify.annotations.NullMarked;
