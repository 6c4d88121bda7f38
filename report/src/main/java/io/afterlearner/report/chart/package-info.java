/** SVG charts and their escaping. No page, no files. */
@NullMarked
package io.afterlearner.report.chart;

import org.jspecify.annotations.NullMarked;
