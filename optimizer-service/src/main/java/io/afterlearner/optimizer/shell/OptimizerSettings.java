package io.afterlearner.optimizer.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings under {@code afterlearner.optimizer}. */
@ConfigMapping(prefix = "afterlearner.optimizer")
public interface OptimizerSettings {

    /** Partitions of each topic that is created at start if it is missing; default 4. */
    @WithDefault("4")
    int partitions();

    /** Replicas of each topic that is created at start if it is missing; default 1. */
    @WithDefault("1")
    short replication();

    /** Evaluator pools whose candidates topic is created at start. Other pools get theirs with their first study. */
    @WithDefault("default")
    List<String> pools();

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
