/** The report and the result files of the online demo, made with the {@code report} module. */
@NullMarked
package io.afterlearner.demo.report;

import org.jspecify.annotations.NullMarked;
