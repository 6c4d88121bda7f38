/** Data sets: strict readers of NumPy files, and the exception for data that does not fit. Imports no model and no loss. */
@NullMarked
package io.afterlearner.evaluation.data;

import org.jspecify.annotations.NullMarked;
