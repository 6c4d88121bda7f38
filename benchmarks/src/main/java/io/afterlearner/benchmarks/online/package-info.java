/** Measures of an online study as an application meets it, over HTTP and through the client; nothing here knows how a study is judged. */
@NullMarked
package io.afterlearner.benchmarks.online;

import org.jspecify.annotations.NullMarked;
