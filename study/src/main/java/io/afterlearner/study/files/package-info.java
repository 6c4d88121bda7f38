/** Files a study names: found by path or fetched by URL, and checked against their digests; nothing here reads their content. */
@NullMarked
package io.afterlearner.study.files;

import org.jspecify.annotations.NullMarked;
