/** Measures an online study as an application uses it, over HTTP and through the client; knows nothing of how it is judged. */
@NullMarked
package io.afterlearner.benchmarks.online;

import org.jspecify.annotations.NullMarked;
