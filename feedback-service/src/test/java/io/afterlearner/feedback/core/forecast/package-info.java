/** Tests of the core: unit tests and seeded simulations. */
@NullMarked
package io.afterlearner.feedback.core.forecast;

import org.jspecify.annotations.NullMarked;
