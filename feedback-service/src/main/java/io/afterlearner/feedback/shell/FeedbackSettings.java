package io.afterlearner.feedback.shell;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import io.afterlearner.observability.StudySeries;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings under {@code afterlearner.feedback}. */
@ConfigMapping(prefix = "afterlearner.feedback")
public interface FeedbackSettings {

    /** Replicas of the topics that Kafka Streams creates for itself; -1 for the brokers' default, which is the default. */
    @WithDefault("-1")
    short replication();

    /** Further instances that keep the state of each partition, 0 to 10; default 0. */
    @WithDefault("0")
    int standbyReplicas();

    /** Secrets of tokens: the first signs, all are accepted. Every instance and client needs the same. */
    Optional<List<String>> secrets();

    /** File of these secrets instead, one per line; read again while the service runs. */
    Optional<String> secretsFile();

    /** Keys of units: the first makes pseudonyms. Every instance and client needs the same. */
    Optional<List<String>> unitKeys();

    /** File of these keys instead, one per line; read again while the service runs. */
    Optional<String> unitKeysFile();

    /** How often these files are read; at least 10 ms. */
    @WithDefault("5S")
    Duration secretsReload();

    /** Address of the Prometheus that answers the queries of studies, such as {@code https://prometheus:9090}. */
    Optional<String> prometheusUrl();

    /** File with a bearer token for it, read for each query. */
    Optional<String> prometheusTokenFile();

    /** File with the authorities that sign its certificate, in PEM; otherwise those of the JDK. */
    Optional<String> prometheusCaFile();

    /** File of the webhooks that are notified of what happens to studies, one per line; without it, there are none. */
    Optional<String> receiversFile();

    /** File with authorities that sign their certificates, in PEM, besides those of the JDK. */
    Optional<String> receiversCaFile();

    /** Directory of the state stores; without it, a restart reads their state from Kafka. */
    String stateDir();

    /** Maximum number of assignments of one unit within 10 s; default 200. */
    @WithDefault("200")
    int assignmentsPerUnit();

    /** Maximum number of reports of one assignment within 10 s, except of slices; default 100. */
    @WithDefault("100")
    int reportsPerAssignment();

    /** Name of this instance, unique and stable across restarts. */
    String instance();

    /** What each setting may be. Secrets are checked where they are read, and never shown. */
    final class Ranges implements Settings {
        private static final String PREFIX = "afterlearner.feedback.";

        @Override
        public List<Setting> all() {
            return List.of(
                    Setting.whole(PREFIX + "replication", 1, Short.MAX_VALUE).or("-1", "the brokers' default"),
                    Setting.whole(PREFIX + "standby-replicas", 0, 10),
                    Setting.text(PREFIX + "secrets"),
                    Setting.text(PREFIX + "secrets-file"),
                    Setting.text(PREFIX + "unit-keys"),
                    Setting.text(PREFIX + "unit-keys-file"),
                    Setting.text(PREFIX + "receivers-file"),
                    Setting.text(PREFIX + "receivers-ca-file"),
                    Setting.duration(PREFIX + "secrets-reload", Duration.ofMillis(10), Duration.ofHours(24)),
                    Setting.text(PREFIX + "prometheus-url"),
                    Setting.text(PREFIX + "prometheus-token-file"),
                    Setting.text(PREFIX + "prometheus-ca-file"),
                    Setting.name(PREFIX + "state-dir"),
                    Setting.whole(PREFIX + "assignments-per-unit", 1, Integer.MAX_VALUE),
                    Setting.whole(PREFIX + "reports-per-assignment", 1, Integer.MAX_VALUE),
                    Setting.name(PREFIX + "instance"),
                    Setting.whole(StudySeries.MAX_STUDIES, 0, StudySeries.HIGHEST_MAX_STUDIES));
        }
    }
}
