/** Tests of the example, and a simulation of it on the services' pure cores. */
@NullMarked
package io.afterlearner.demo.world;

import org.jspecify.annotations.NullMarked;
