/** REST: assignments out, reports in, and the state of online studies. Nothing is decided here. */
@NullMarked
package io.afterlearner.feedback.api;

import org.jspecify.annotations.NullMarked;
