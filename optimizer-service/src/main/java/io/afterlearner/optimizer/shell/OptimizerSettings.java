package io.afterlearner.optimizer.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Settings under {@code afterlearner.optimizer}. */
@ConfigMapping(prefix = "afterlearner.optimizer")
public interface OptimizerSettings {

    /** Partitions of topics that are created at start because they are missing. */
    @WithDefault("4")
    int partitions();

    /** Replicas of topics that are created at start because they are missing. */
    @WithDefault("1")
    short replication();

    /** Evaluator pools whose candidates topic is created at start; others when a study first names them. */
    @WithDefault("default")
    List<String> pools();

    /** Name of this instance, unlike every other instance's and the same after a restart. */
    String instance();
}
