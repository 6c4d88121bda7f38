/** Shared by commands: options that find a stack and a study, and the progress of a study. No command. */
@NullMarked
package io.afterlearner.local.cli.session;

import org.jspecify.annotations.NullMarked;
