/** Formats numbers for people. */
@NullMarked
package io.afterlearner.report.words;

import org.jspecify.annotations.NullMarked;
