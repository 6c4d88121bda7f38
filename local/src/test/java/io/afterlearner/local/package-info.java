/** What several tests share. */
@NullMarked
package io.afterlearner.local;

import org.jspecify.annotations.NullMarked;
