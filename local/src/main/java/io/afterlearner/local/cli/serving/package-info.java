/** The study commands for online studies: champion, revert, audit, approve, reject. */
@NullMarked
package io.afterlearner.local.cli.serving;

import org.jspecify.annotations.NullMarked;
