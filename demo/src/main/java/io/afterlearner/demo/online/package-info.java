/** The {@code demo online} command: runs a stack, a production server and simulated users, and collects the findings. */
@NullMarked
package io.afterlearner.demo.online;

import org.jspecify.annotations.NullMarked;
