/** The commands that start, stop and show the local stack: up, down, status. */
@NullMarked
package io.afterlearner.local.cli.server;

import org.jspecify.annotations.NullMarked;
