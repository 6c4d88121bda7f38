/** Writes what a finished study leaves behind: result.json, history.csv, report.html, the model to ship, its patch, the candidate. */
@NullMarked
package io.afterlearner.report;

import org.jspecify.annotations.NullMarked;
