@NullMarked
package io.afterlearner.benchmarks.online;

import org.jspecify.annotations.NullMarked;
