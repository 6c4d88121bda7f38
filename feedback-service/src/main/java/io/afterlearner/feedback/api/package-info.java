/** HTTP: assignments out, feedback in, and how online studies stand. Nothing is decided here. */
@NullMarked
package io.afterlearner.feedback.api;

import org.jspecify.annotations.NullMarked;
