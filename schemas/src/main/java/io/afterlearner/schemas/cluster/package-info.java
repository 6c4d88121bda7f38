/**
 * What AfterLearner needs on a Kafka cluster, in one place: its topics, the configuration of its share groups, and the rights of each
 * service. Whatever creates, checks, prints or watches them is derived from these lists.
 */
@NullMarked
package io.afterlearner.schemas.cluster;

import org.jspecify.annotations.NullMarked;
