/** The retrofit command: runs a study to its end and writes its results. */
@NullMarked
package io.afterlearner.local.cli.retrofit;

import org.jspecify.annotations.NullMarked;
