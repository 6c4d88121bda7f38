/** What commands write and how: terminal, tables, JSON lines, exit codes. No command, no stack. */
@NullMarked
package io.afterlearner.local.cli.console;

import org.jspecify.annotations.NullMarked;
