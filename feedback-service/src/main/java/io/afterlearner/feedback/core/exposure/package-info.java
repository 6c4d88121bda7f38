/** One exposure of a unit to an arm, its reports, and what they count; nothing here makes decisions. */
@NullMarked
package io.afterlearner.feedback.core.exposure;

import org.jspecify.annotations.NullMarked;
