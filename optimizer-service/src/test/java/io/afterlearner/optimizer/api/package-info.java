/** Tests of request bodies, without a server. */
@NullMarked
package io.afterlearner.optimizer.api;

import org.jspecify.annotations.NullMarked;
