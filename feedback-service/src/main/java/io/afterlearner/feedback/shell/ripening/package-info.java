/** Ripening by assignment: exposures wait for their reports and are counted when their window is over. */
@NullMarked
package io.afterlearner.feedback.shell.ripening;

import org.jspecify.annotations.NullMarked;
