/**
 * Writes the files of a finished study: result.json, history.csv, report.html, the model to deploy and its patch, and the best
 * candidate.
 */
@NullMarked
package io.afterlearner.report;

import org.jspecify.annotations.NullMarked;
