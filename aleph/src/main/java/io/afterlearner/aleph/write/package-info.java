/** A model with other ℵ values and its patch, as files. Runs nothing. */
@NullMarked
package io.afterlearner.aleph.write;

import org.jspecify.annotations.NullMarked;
