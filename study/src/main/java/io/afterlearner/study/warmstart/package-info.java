/** history.csv: its columns, and reading the trials a study starts from. */
@NullMarked
package io.afterlearner.study.warmstart;

import org.jspecify.annotations.NullMarked;
