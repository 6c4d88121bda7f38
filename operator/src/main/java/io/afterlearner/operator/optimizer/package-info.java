/** The optimizer's REST API, and what it last said about all studies. */
@NullMarked
package io.afterlearner.operator.optimizer;

import org.jspecify.annotations.NullMarked;
