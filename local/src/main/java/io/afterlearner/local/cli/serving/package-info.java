/** The study commands for online studies: champion, revert, audit, forget-unit, the decisions of approve and reject, and grant. */
@NullMarked
package io.afterlearner.local.cli.serving;

import org.jspecify.annotations.NullMarked;
