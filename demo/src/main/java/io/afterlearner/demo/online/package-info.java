/** The {@code demo online} command: runs a stack, a production server and simulated users, and reports what was seen. */
@NullMarked
package io.afterlearner.demo.online;

import org.jspecify.annotations.NullMarked;
