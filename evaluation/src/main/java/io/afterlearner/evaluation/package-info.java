/** A candidate's loss: data and model in, a loss with its uncertainty out. No Kafka, no Quarkus, no network. */
@NullMarked
package io.afterlearner.evaluation;

import org.jspecify.annotations.NullMarked;
