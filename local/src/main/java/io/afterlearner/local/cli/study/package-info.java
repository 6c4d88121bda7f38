/** The study commands: create, list, show, export, watch, pause, resume, stop, extend. */
@NullMarked
package io.afterlearner.local.cli.study;

import org.jspecify.annotations.NullMarked;
