/** Tests of the example, and a simulation of it on the services' pure cores. */
@NullMarked
package io.afterlearner.examples.online;

import org.jspecify.annotations.NullMarked;
