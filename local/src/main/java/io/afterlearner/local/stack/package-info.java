/** The local stack: an embedded broker, the services as supervised child processes, and the way to talk to them. */
@NullMarked
package io.afterlearner.local.stack;

import org.jspecify.annotations.NullMarked;
