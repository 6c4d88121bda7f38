/** Sends seeded garbage to every topic and every endpoint of the packaged services while valid studies run. */
@NullMarked
package io.afterlearner.local.fuzz;

import org.jspecify.annotations.NullMarked;
