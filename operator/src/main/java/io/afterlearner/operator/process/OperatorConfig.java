package io.afterlearner.operator.process;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the process; README.md documents each, application.properties has the defaults. */
@ConfigMapping(prefix = "afterlearner.operator")
interface OperatorConfig {
    URI optimizer();

    URI feedback();

    Optional<Path> keyFile();

    Optional<Path> caFile();

    Optional<String> namespace();

    Optional<List<String>> watch();

    Duration interval();

    String lease();

    Duration leaseDuration();

    String instance();

    Optional<List<Path>> fileRoots();

    Optional<List<String>> httpHosts();

    Path workDir();

    long workMib();

    Duration downloadTimeout();

    Optional<String> exportJob();

    Optional<List<String>> outputPrefixes();

    boolean serverSideApply();

    /** What each setting may be. Addresses and files are checked where they are read. */
    final class Ranges implements Settings {
        private static final String PREFIX = "afterlearner.operator.";
        private static final Duration LONGEST = Duration.ofMinutes(10);

        @Override
        public List<Setting> all() {
            return List.of(
                    Setting.name(PREFIX + "optimizer"),
                    Setting.name(PREFIX + "feedback"),
                    Setting.text(PREFIX + "key-file"),
                    Setting.text(PREFIX + "ca-file"),
                    Setting.text(PREFIX + "namespace"),
                    Setting.text(PREFIX + "watch"),
                    Setting.duration(PREFIX + "interval", Duration.ofMillis(100), LONGEST),
                    Setting.name(PREFIX + "lease"),
                    Setting.duration(PREFIX + "lease-duration", Duration.ofSeconds(2), LONGEST),
                    Setting.name(PREFIX + "instance"),
                    Setting.text(PREFIX + "file-roots"),
                    Setting.text(PREFIX + "http-hosts"),
                    Setting.name(PREFIX + "work-dir"),
                    Setting.whole(PREFIX + "work-mib", 1, 1 << 24),
                    Setting.duration(PREFIX + "download-timeout", Duration.ofMillis(1), Duration.ofHours(24)),
                    Setting.text(PREFIX + "export-job"),
                    Setting.text(PREFIX + "output-prefixes"),
                    Setting.flag(PREFIX + "server-side-apply"),
                    Setting.text("afterlearner.s3.buckets"),
                    Setting.text("afterlearner.s3.endpoint"),
                    Setting.text("afterlearner.s3.region"),
                    Setting.flag("afterlearner.s3.path-style"),
                    Setting.flag("afterlearner.s3.instance-metadata"));
        }
    }
}
