/** The files that a study names: found by path or URL and checked against their digests. Of their content it reads only which other files a model names. */
@NullMarked
package io.afterlearner.study.files;

import org.jspecify.annotations.NullMarked;
