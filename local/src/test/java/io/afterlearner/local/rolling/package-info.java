/** Rolling updates: services of two versions side by side, while studies run. */
@NullMarked
package io.afterlearner.local.rolling;

import org.jspecify.annotations.NullMarked;
