/** Text formats of a result and atomic writing of files. No markup. */
@NullMarked
package io.afterlearner.report.file;

import org.jspecify.annotations.NullMarked;
