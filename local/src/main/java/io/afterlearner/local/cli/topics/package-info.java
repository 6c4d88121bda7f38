/** The commands {@code topics}: what AfterLearner needs on a Kafka cluster, created, checked, and granted. */
@NullMarked
package io.afterlearner.local.cli.topics;

import org.jspecify.annotations.NullMarked;
