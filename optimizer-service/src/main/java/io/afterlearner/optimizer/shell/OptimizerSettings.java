package io.afterlearner.optimizer.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings under {@code afterlearner.optimizer}. */
@ConfigMapping(prefix = "afterlearner.optimizer")
public interface OptimizerSettings {

    /** Replicas of the topics that Kafka Streams creates for itself; -1 for the brokers' default, which is the default. */
    @WithDefault("-1")
    short replication();

    /** Further instances that keep the state of each partition, 0 to 10; default 0. */
    @WithDefault("0")
    int standbyReplicas();

    /**
     * How often Kafka is asked how many candidates of each pool its evaluators have not finished; default 15 s, at least 1 s; 0 for
     * never. It needs the right DESCRIBE on the pools' share groups.
     */
    @WithDefault("15s")
    Duration poolLagInterval();

    /** Name of this instance: unique among instances, and the same after a restart. */
    String instance();

    /** Directory in which failed attempts at records are counted. */
    String stateDir();
}
