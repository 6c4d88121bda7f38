/** history.csv: its columns, and the trials that a study starts from. Writes none. */
@NullMarked
package io.afterlearner.study.warmstart;

import org.jspecify.annotations.NullMarked;
