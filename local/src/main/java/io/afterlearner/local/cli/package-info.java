/** The entry point of the command line and the registry of commands. Nothing below imports this package. */
@NullMarked
package io.afterlearner.local.cli;

import org.jspecify.annotations.NullMarked;
