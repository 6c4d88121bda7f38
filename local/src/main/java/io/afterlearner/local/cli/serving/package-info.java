/** The study commands for online studies: champion, revert, audit, forget-unit, and the decisions of approve and reject. */
@NullMarked
package io.afterlearner.local.cli.serving;

import org.jspecify.annotations.NullMarked;
