/** The result of a study as data, and the bound on its search loss. No markup, no files. */
@NullMarked
package io.afterlearner.report.result;

import org.jspecify.annotations.NullMarked;
