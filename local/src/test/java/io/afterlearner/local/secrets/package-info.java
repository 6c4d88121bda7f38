/** Secrets are planted wherever one can be configured, and everything that is written is searched for them. */
@NullMarked
package io.afterlearner.local.secrets;

import org.jspecify.annotations.NullMarked;
