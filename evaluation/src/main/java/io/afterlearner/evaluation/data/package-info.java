/** Data sets as files: strict NumPy readers, and the error a user sees. Knows no model and no loss. */
@NullMarked
package io.afterlearner.evaluation.data;

import org.jspecify.annotations.NullMarked;
