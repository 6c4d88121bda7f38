/** Writes what a finished study leaves behind: result.json, history.csv, report.html, the retrofitted model and its patch. */
@NullMarked
package io.afterlearner.report;

import org.jspecify.annotations.NullMarked;
