/** What every service must show about its roles. Nothing about one service belongs here. */
@NullMarked
package io.afterlearner.embedded.access;

import org.jspecify.annotations.NullMarked;
