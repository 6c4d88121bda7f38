/** Turns the spec of a Study into a StudySpec, and refuses what cannot be one. */
@NullMarked
package io.afterlearner.operator.resolve;

import org.jspecify.annotations.NullMarked;
