/** How numbers and outcomes are written for people. */
@NullMarked
package io.afterlearner.report.words;

import org.jspecify.annotations.NullMarked;
