/** The study commands for online studies: champion, revert, audit, why, forget-unit, the decisions of approve and reject, and grant. */
@NullMarked
package io.afterlearner.local.cli.serving;

import org.jspecify.annotations.NullMarked;
