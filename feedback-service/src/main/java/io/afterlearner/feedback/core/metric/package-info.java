/** Metrics, their tallies and comparisons between two arms; nothing here knows exposures or studies. */
@NullMarked
package io.afterlearner.feedback.core.metric;

import org.jspecify.annotations.NullMarked;
