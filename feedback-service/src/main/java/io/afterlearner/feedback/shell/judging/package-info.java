/** Judging by study: the processor that feeds the judge, the studies it judges, and the records it sends. */
@NullMarked
package io.afterlearner.feedback.shell.judging;

import org.jspecify.annotations.NullMarked;
