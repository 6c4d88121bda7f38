/** Tests of the feedback service's core: claims, and seeded simulations. */
@NullMarked
package io.afterlearner.feedback.core.statistics;

import org.jspecify.annotations.NullMarked;
