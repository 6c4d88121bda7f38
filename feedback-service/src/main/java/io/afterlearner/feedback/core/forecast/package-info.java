/** Foretells, before a study begins, how long it takes and what it can show. */
@NullMarked
package io.afterlearner.feedback.core.forecast;

import org.jspecify.annotations.NullMarked;
