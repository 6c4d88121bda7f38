/** What a person types and reads: commands, messages, progress; the work is done by the other packages. */
@NullMarked
package io.afterlearner.local.cli;

import org.jspecify.annotations.NullMarked;
