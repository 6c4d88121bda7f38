/** Tests of what exposures count. */
@NullMarked
package io.afterlearner.feedback.core.exposure;

import org.jspecify.annotations.NullMarked;
