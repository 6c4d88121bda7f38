/** A real Kafka broker inside this JVM, for one machine and for tests; nothing of AfterLearner's own may be known here. */
@NullMarked
package io.afterlearner.embedded;

import org.jspecify.annotations.NullMarked;
