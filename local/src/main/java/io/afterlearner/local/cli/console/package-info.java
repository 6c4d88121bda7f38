/** Output and options of commands: terminal, tables, JSON lines, checks of options. No command, no stack. */
@NullMarked
package io.afterlearner.local.cli.console;

import org.jspecify.annotations.NullMarked;
