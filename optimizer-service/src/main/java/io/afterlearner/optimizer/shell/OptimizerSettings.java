package io.afterlearner.optimizer.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings under {@code afterlearner.optimizer}. */
@ConfigMapping(prefix = "afterlearner.optimizer")
public interface OptimizerSettings {

    /** Replicas of the topics that Kafka Streams creates for itself; -1 for the brokers' default, which is the default. */
    @WithDefault("-1")
    short replication();

    /** Name of this instance: unique among instances, and the same after a restart. */
    String instance();

    /** Directory in which failed attempts at records are counted. */
    String stateDir();
}
