/** Tests of the feedback service as a whole. */
@NullMarked
package io.afterlearner.feedback;

import org.jspecify.annotations.NullMarked;
