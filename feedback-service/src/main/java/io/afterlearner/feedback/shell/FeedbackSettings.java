package io.afterlearner.feedback.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Settings under {@code afterlearner.feedback}. */
@ConfigMapping(prefix = "afterlearner.feedback")
public interface FeedbackSettings {

    /** Partitions of topics that are created at start because they are missing. */
    @WithDefault("4")
    int partitions();

    /** Replicas of topics that are created at start because they are missing. */
    @WithDefault("1")
    short replication();

    /** What tokens are signed with: the first signs, all are accepted. The same for every instance and client. */
    List<String> secrets();

    /** Folder of the stores; what is there after a restart need not be read from Kafka again. */
    String stateDir();

    /** Name of this instance, in the records it writes. */
    String instance();
}
