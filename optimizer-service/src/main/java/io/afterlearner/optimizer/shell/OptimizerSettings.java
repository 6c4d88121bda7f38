package io.afterlearner.optimizer.shell;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import io.afterlearner.observability.StudySeries;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

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

    /** What each setting may be. */
    final class Ranges implements Settings {
        private static final String PREFIX = "afterlearner.optimizer.";

        @Override
        public List<Setting> all() {
            return List.of(
                    Setting.whole(PREFIX + "replication", 1, Short.MAX_VALUE).or("-1", "the brokers' default"),
                    Setting.whole(PREFIX + "standby-replicas", 0, 10),
                    Setting.duration(PREFIX + "pool-lag-interval", Duration.ofSeconds(1), Duration.ofHours(1))
                            .or("0", "never"),
                    Setting.name(PREFIX + "instance"),
                    Setting.name(PREFIX + "state-dir"),
                    Setting.whole(StudySeries.MAX_STUDIES, 0, StudySeries.HIGHEST_MAX_STUDIES));
        }
    }
}
