/** Code lengths of what a search learned from comparisons; imports no other AfterLearner package. */
@NullMarked
package io.afterlearner.asktell.code;

import org.jspecify.annotations.NullMarked;
