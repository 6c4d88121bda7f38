/** The study commands: create, list, show, export, watch, pause, resume, stop, extend, delete. */
@NullMarked
package io.afterlearner.local.cli.study;

import org.jspecify.annotations.NullMarked;
