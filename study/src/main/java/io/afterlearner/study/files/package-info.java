/** The files that a study names: found by path or URL and checked against their digests. Does not read their content. */
@NullMarked
package io.afterlearner.study.files;

import org.jspecify.annotations.NullMarked;
